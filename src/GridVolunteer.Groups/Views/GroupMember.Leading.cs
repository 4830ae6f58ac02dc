namespace GridVolunteer.Groups.Views;

/// <content>The leader's side of agreement.</content>
public sealed partial class GroupMember
{
    private Attempt? _attempt;
    private TimeSpan _attemptAt = TimeSpan.MaxValue;
    private uint _roundSeen;

    /// <summary>True when the view should change, as far as this member knows.</summary>
    private bool WantsChange =>
        _frozenAt != TimeSpan.MaxValue || _joiners.Exists(MayJoin) || _leavers.Count > 0
        || _channel!.View.Members.Any(m => IsGone(m) || IsPutOut(m)) || ChangesRule;

    // One that is thought dead would be left out again at once.
    private bool MayJoin((MemberLife Member, TimeSpan Until) joiner) =>
        !AwaitsHandover && !_failed.Contains(joiner.Member.Id) && !IsFormer(joiner.Member) && IsLetIn(joiner.Member.Id);

    /// <summary>
    /// The first member that is not thought dead, nor has told this one that it leaves: that one may be out already, and
    /// would not lead.
    /// </summary>
    private ProcessId Leader =>
        _channel!.View.Members.First(m => m == Self || (!IsGone(m) && !_leavers.Contains(m))).Id;

    private void Lead(TimeSpan now)
    {
        if (_decided is not null)
        {
            return;
        }

        if (_attempt is { } attempt)
        {
            GoOn(attempt, now);
            return;
        }

        if (!WantsChange)
        {
            _attemptAt = TimeSpan.MaxValue;
            return;
        }

        if (_attemptAt == TimeSpan.MaxValue)
        {
            if (Leader != Self.Id && _frozenAt == TimeSpan.MaxValue)
            {
                // The leader will see to it; should it not, its silence makes another the first.
                return;
            }

            _attemptAt = now + (Leader == Self.Id ? _options.GatherDelay : PatienceWithOthers());
        }

        if (now >= _attemptAt)
        {
            StartAttempt(now);
        }
    }

    private TimeSpan PatienceWithOthers() =>
        _options.AttemptTimeout * (1 + ((double)Rank / _channel!.View.Members.Count) + _random.NextDouble());

    private void WaitForOthers(TimeSpan now) => _attemptAt = now + PatienceWithOthers();

    private void GiveUp(TimeSpan now)
    {
        _attempt = null;
        // Two that lead at once would go on overtaking each other.
        _attemptAt = now + (_options.AgreementRepeat * (0.5 + (4 * _random.NextDouble())));
    }

    private void StartAttempt(TimeSpan now)
    {
        var view = _channel!.View;
        _roundSeen++;
        _attemptAt = TimeSpan.MaxValue;
        _attempt = new Attempt(new Ballot(_roundSeen, Self.Id), view.Members.Count + 1, now)
        {
            RepeatAt = now + _options.AgreementRepeat,
        };
        Ask(_attempt);
        OnPrepare(Self.Id, _attempt.Ballot, now);
    }

    private void GoOn(Attempt attempt, TimeSpan now)
    {
        if (now >= attempt.StartedAt + _options.AttemptTimeout)
        {
            GiveUp(now);
            return;
        }

        if (now >= attempt.RepeatAt)
        {
            attempt.RepeatAt = now + _options.AgreementRepeat;
            Ask(attempt);
        }

        TryPropose(attempt, now);
        TryCommit(attempt, now);
    }

    /// <summary>Sends PREPARE or ACCEPT to all who have not answered it.</summary>
    private void Ask(Attempt attempt)
    {
        var view = _channel!.View;
        _post.Begin(attempt.Proposal is null ? GroupMessage.Prepare : GroupMessage.Accept, view.Number);
        attempt.Ballot.Write(_post.Writer);
        if (attempt.Proposal is { } proposal)
        {
            proposal.Write(_post.Writer);
            _post.Writer.WriteBoolean(attempt.IsVoted);
        }

        for (var voter = 0; voter < view.Members.Count; voter++)
        {
            if (!HasAnswered(attempt, voter))
            {
                _post.Send(view.Ids[voter]);
            }
        }

        if (view.WitnessVotes && !HasAnswered(attempt, view.Members.Count) && SurvivorsHold(attempt))
        {
            _post.Send(view.Witness!.Value.Id);
        }

        if (_hasStalled)
        {
            AskOthers(view);
        }
    }

    /// <summary>
    /// The others may have gone on without this member, and all of them be gone since: those who are in the group now
    /// may be among the processes it knew before, and tell it that it is out.
    /// </summary>
    private void AskOthers(View view)
    {
        foreach (var id in _contacts.Concat(_gone.Select(m => m.Id)).Distinct().Where(id => view.RankOf(id) < 0))
        {
            _post.Send(id);
        }
    }

    private static bool HasAnswered(Attempt attempt, int voter) =>
        attempt.Proposal is null ? attempt.Promises[voter] is not null : attempt.HasAccepted(voter);

    /// <summary>
    /// The witness holds no messages, so it is asked to accept last: when its vote decides, those who go on hold what
    /// is decided, and need not get it from one that may die.
    /// </summary>
    private bool SurvivorsHold(Attempt attempt) =>
        attempt.Proposal is not { } proposal
        || proposal.Next.Members.Take(proposal.Survivors)
            .All(m => attempt.HasAccepted(_channel!.View.RankOf(m)) || IsGone(m));

    private void OnPromise(int voter, Ballot ballot, Promise promise, TimeSpan now)
    {
        if (_attempt is { Proposal: null } attempt && attempt.Ballot == ballot)
        {
            attempt.Promises[voter] = promise;
            TryPropose(attempt, now);
        }
    }

    private void OnRefuse(Ballot promised, TimeSpan now)
    {
        _roundSeen = Math.Max(_roundSeen, promised.Round);
        if (_attempt is { } attempt && promised > attempt.Ballot)
        {
            GiveUp(now);
        }
    }

    private void TryPropose(Attempt attempt, TimeSpan now)
    {
        if (attempt != _attempt)
        {
            return;
        }

        var view = _channel!.View;
        var hasMajority = attempt.CountPromises() >= view.Majority || _flaw == GroupFlaw.NoMajority;
        if (attempt.Proposal is not null || !hasMajority)
        {
            return;
        }

        var misses = Enumerable.Range(0, view.Members.Count)
            .Any(r => attempt.Promises[r] is null && !IsGone(view.Members[r]));
        if (misses && now < attempt.StartedAt + _options.PromiseTimeout)
        {
            return;
        }

        var adopted = _flaw == GroupFlaw.AcceptedNotAdopted ? null : attempt.ToAdopt();
        attempt.Proposal = adopted ?? Propose(attempt);
        attempt.RepeatAt = now + _options.AgreementRepeat;
        Ask(attempt);
        OnAccept(Self.Id, attempt.Ballot, attempt.Proposal, attempt.IsVoted, now);
    }

    private Proposal Propose(Attempt attempt)
    {
        var view = _channel!.View;
        var cut = new ulong[view.Members.Count];
        var holders = new int[view.Members.Count];
        List<MemberLife> members = [];
        for (var rank = 0; rank < view.Members.Count; rank++)
        {
            var member = view.Members[rank];
            if (attempt.Promises[rank] is not { } promise)
            {
                continue;
            }

            for (var origin = 0; origin < cut.Length; origin++)
            {
                if (promise.Held[origin] > cut[origin] || (promise.Held[origin] == cut[origin] && rank == origin))
                {
                    cut[origin] = promise.Held[origin];
                    holders[origin] = rank;
                }
            }

            if (!IsGone(member) && !_leavers.Contains(member) && !IsPutOut(member))
            {
                members.Add(member);
            }
        }

        var survivors = members.Count;
        members.AddRange(_joiners.Where(MayJoin).Select(j => j.Member).Take(Math.Max(0, _options.MembersMax - survivors)));
        var next = new View(view.Number + 1, members, WitnessDue, view.Coordinator, RuleDue);
        return new Proposal(next, survivors, cut, holders);
    }

    private void OnAccepted(int voter, Ballot ballot, TimeSpan now)
    {
        if (_attempt is { Proposal: not null } attempt && attempt.Ballot == ballot)
        {
            attempt.Accept(voter);
            // The witness may be next.
            if (_channel!.View.WitnessVotes && !attempt.HasAccepted(_channel.View.Members.Count)
                && SurvivorsHold(attempt))
            {
                attempt.RepeatAt = now;
            }

            TryCommit(attempt, now);
        }
    }

    /// <summary>
    /// Commits at a majority. Those who go on are waited for a little: then they hold the cut, and it does not
    /// matter whether those who do not go on still do. Without this member's own hold nothing is committed, if
    /// it goes on.
    /// </summary>
    private void TryCommit(Attempt attempt, TimeSpan now)
    {
        if (attempt != _attempt)
        {
            // It has been decided meanwhile, and the next view has begun.
            return;
        }

        var view = _channel!.View;
        var majority = _flaw == GroupFlaw.NoMajority ? attempt.CountPromises() : view.Majority;
        if (attempt.Proposal is not { } proposal || _decided is not null || attempt.CountAccepted() < majority)
        {
            return;
        }

        attempt.MajorityAt ??= now;
        var isPatient = now < attempt.MajorityAt + _options.PromiseTimeout;
        foreach (var member in proposal.Next.Members.Take(proposal.Survivors))
        {
            var isWaitedFor = member == Self || (isPatient && !IsGone(member));
            if (isWaitedFor && !attempt.HasAccepted(view.RankOf(member)))
            {
                return;
            }
        }

        OnCommit(proposal, now);
    }
}
