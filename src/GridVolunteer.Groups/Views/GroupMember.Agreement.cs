namespace GridVolunteer.Groups.Views;

/// <content>A member's side of agreement: promises, accepting, fetching.</content>
public sealed partial class GroupMember
{
    private readonly List<MemberLife> _leavers = [];
    private Ballot _promised;
    private Ballot _acceptedBallot;
    private Proposal? _accepted;
    private (Ballot Ballot, Proposal Proposal, bool IsVoted)? _pending;
    private Proposal? _decided;
    private TimeSpan _frozenAt = TimeSpan.MaxValue;
    private TimeSpan _fetchesAt = TimeSpan.MaxValue;
    private TimeSpan _givesUpAt;
    private int _fetchRounds;
    private bool _hasStalled;

    private TimeSpan AgreementDue
    {
        get
        {
            var due = Earlier(_fetchesAt, Earlier(_attemptAt, _attempt?.RepeatAt ?? TimeSpan.MaxValue));
            return _hasStalled || _frozenAt == TimeSpan.MaxValue ? due : Earlier(due, StallsAt);
        }
    }

    private TimeSpan StallsAt => _frozenAt + (_options.AttemptTimeout * 2);

    private void SeeToAgreement(TimeSpan now)
    {
        Lead(now);
        if (_state == MemberState.In && now >= _fetchesAt)
        {
            Fetch(now);
        }

        if (_state == MemberState.In && !_hasStalled && _frozenAt != TimeSpan.MaxValue && now >= StallsAt)
        {
            _hasStalled = true;
            Emit(new GroupEvent.Stalled(_channel!.View.Number));
        }
    }

    private void Freeze(TimeSpan now)
    {
        if (_frozenAt == TimeSpan.MaxValue)
        {
            _frozenAt = now;
            // What was delivered before this moment stands before whatever comes.
            TakeDeliveries();
        }

        if (_flaw != GroupFlaw.NoFreeze)
        {
            _channel!.Freeze();
        }
    }

    private void OnPrepare(ProcessId from, Ballot ballot, TimeSpan now)
    {
        if (!TryPromise(from, ballot, now))
        {
            return;
        }

        if (from == Self.Id)
        {
            OnPromise(Rank, ballot, OwnPromise(), now);
            return;
        }

        _post.Begin(GroupMessage.Promise, _channel!.View.Number);
        ballot.Write(_post.Writer);
        foreach (var held in _channel.Held)
        {
            _post.Writer.WriteVarint(held);
        }

        WriteAccepted(_post.Writer, _acceptedBallot, _accepted);
        _post.Send(from);
    }

    internal static void WriteAccepted(Wire.WireWriter writer, Ballot ballot, Proposal? accepted)
    {
        writer.WriteBoolean(accepted is not null);
        if (accepted is not null)
        {
            ballot.Write(writer);
            accepted.Write(writer);
        }
    }

    private int Rank => _channel!.View.RankOf(Self);

    private Promise OwnPromise() => new(_channel!.Held, _acceptedBallot, _accepted);

    /// <summary>Promises a leader to take no lower ballot any more; false when that cannot be, which it is told.</summary>
    private bool TryPromise(ProcessId to, Ballot ballot, TimeSpan now)
    {
        if (_decided is not null)
        {
            SendCommit(to, _decided);
            return false;
        }

        if (ballot < _promised)
        {
            Refuse(to);
            return false;
        }

        if (ballot > _promised)
        {
            _promised = ballot;
            _pending = null;
            _roundSeen = Math.Max(_roundSeen, ballot.Round);
            if (_attempt is not null && _attempt.Ballot < ballot)
            {
                GiveUp(now);
            }

            if (ballot.Leader != Self.Id)
            {
                // Its leader may die: then somebody else has to go on.
                WaitForOthers(now);
            }
        }

        Freeze(now);
        return true;
    }

    private void Refuse(ProcessId to)
    {
        _post.Begin(GroupMessage.Refuse, _channel!.View.Number);
        _promised.Write(_post.Writer);
        _post.Send(to);
    }

    /// <summary>A leader asks to accept.</summary>
    /// <param name="from">The leader.</param>
    /// <param name="ballot">Its ballot.</param>
    /// <param name="proposal">What it proposes.</param>
    /// <param name="isVoted">True when the witness had accepted it before this attempt.</param>
    /// <param name="now">The time.</param>
    private void OnAccept(ProcessId from, Ballot ballot, Proposal proposal, bool isVoted, TimeSpan now)
    {
        if (!TryPromise(from, ballot, now))
        {
            return;
        }

        _pending = (ballot, proposal, isVoted);
        _channel!.Collect(proposal.Cut);
        TryAccept(now);
    }

    private void TryAccept(TimeSpan now)
    {
        if (_pending is not { } pending || _decided is not null)
        {
            return;
        }

        // Where the witness has accepted it, those who were to go on hold it, and may have gone on. When they have died
        // since, with what only they held, there is nobody left to hold it for. Without the witness's vote nobody may
        // count as one that holds what it does not: those who come back after all would look for it in vain.
        var isForNobody = pending.IsVoted && pending.Proposal.Next.RankOf(Self) < 0
            && pending.Proposal.Next.Members.Take(pending.Proposal.Survivors).All(IsGone);
        if (!_channel!.Covers(pending.Proposal.Cut) && !isForNobody && _flaw != GroupFlaw.AcceptBeforeHold)
        {
            StartFetching(now);
            return;
        }

        _acceptedBallot = pending.Ballot;
        _accepted = pending.Proposal;
        if (pending.Ballot.Leader == Self.Id)
        {
            OnAccepted(Rank, pending.Ballot, now);
            return;
        }

        _post.Begin(GroupMessage.Accepted, _channel.View.Number);
        pending.Ballot.Write(_post.Writer);
        _post.Send(pending.Ballot.Leader);
    }

    private void OnCommit(Proposal proposal, TimeSpan now)
    {
        if (_decided is not null)
        {
            return;
        }

        Freeze(now);
        _decided = proposal;
        _attempt = null;
        _attemptAt = TimeSpan.MaxValue;
        // Passed on once, in case whoever decided dies before it has told everybody.
        WriteCommit(proposal);
        _post.SendToAll([.. _channel!.View.Ids.Union(proposal.Next.Ids)]);
        if (_channel.View.WitnessVotes)
        {
            _post.Send(_channel.View.Witness!.Value.Id);
        }

        _channel.Collect(proposal.Cut);
        TryInstall(now);
    }

    private void TryInstall(TimeSpan now)
    {
        var decided = _decided!;
        if (decided.Next.RankOf(Self) < 0)
        {
            _previous = _channel;
            _lastCommit = decided;
            GoOutBefore(decided.Next.Number);
            return;
        }

        if (!_channel!.Covers(decided.Cut) && _flaw != GroupFlaw.NoFetch)
        {
            _givesUpAt = now + (_options.AttemptTimeout * 4);
            StartFetching(now);
            return;
        }

        Install(decided, now);
    }

    private void StartFetching(TimeSpan now)
    {
        if (_fetchesAt == TimeSpan.MaxValue)
        {
            _fetchRounds = 0;
            Fetch(now);
        }
    }

    /// <summary>Asks for what is missing; what comes is seen to where it is received.</summary>
    private void Fetch(TimeSpan now)
    {
        var wanted = _decided ?? _pending?.Proposal;
        if (wanted is null || _channel!.Covers(wanted.Cut))
        {
            _fetchesAt = TimeSpan.MaxValue;
            return;
        }

        if (_decided is not null && now >= _givesUpAt)
        {
            // Whoever had it is gone. This member cannot go on; in a new life it can.
            GoOutBefore(_decided.Next.Number);
            return;
        }

        if (_flaw != GroupFlaw.NoFetch)
        {
            _channel.Fetch(wanted.Cut, wanted.Holders, _fetchRounds++);
        }

        _fetchesAt = now + (_options.AgreementRepeat / 2);
    }

    /// <summary>Something came that may have been waited for.</summary>
    private void OnCollected(TimeSpan now)
    {
        if (_fetchesAt == TimeSpan.MaxValue)
        {
            return;
        }

        var wanted = _decided ?? _pending?.Proposal;
        if (wanted is null || !_channel!.Covers(wanted.Cut))
        {
            return;
        }

        _fetchesAt = TimeSpan.MaxValue;
        if (_decided is not null)
        {
            TryInstall(now);
        }
        else
        {
            TryAccept(now);
        }
    }

    private void SendCommit(ProcessId to, Proposal proposal)
    {
        WriteCommit(proposal);
        _post.Send(to);
    }

    private void WriteCommit(Proposal proposal)
    {
        _post.Begin(GroupMessage.Commit, proposal.Next.Number - 1);
        proposal.Write(_post.Writer);
    }
}
