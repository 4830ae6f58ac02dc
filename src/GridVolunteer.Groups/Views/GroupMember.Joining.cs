using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Views;

/// <content>Joining, with the state of the group, and leaving.</content>
public sealed partial class GroupMember
{
    private const int JoinersMax = 64;
    private const int SnapshotsMax = 4;

    private static readonly TimeSpan JoinRepeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan JoinLasts = TimeSpan.FromSeconds(2);

    private readonly List<(MemberLife Member, TimeSpan Until)> _joiners = [];
    private readonly List<(ulong View, ReadOnlyMemory<byte> State, List<MemberLife> Waiting)> _snapshots = [];
    private readonly HashSet<MemberLife> _ended = [];
    private IReadOnlyList<ProcessId> _contacts = [];
    private TimeSpan _joinsAt = TimeSpan.MaxValue;
    private TimeSpan _lifeEndsAt;
    private bool _isLeaving;
    private TimeSpan _leavesAt = TimeSpan.MaxValue;

    // While the state is under way, what happens meanwhile waits here, from the view that was joined on.
    private List<GroupEvent>? _heldBack;
    private Proposal? _joinedBy;
    private TimeSpan _stateAt = TimeSpan.MaxValue;
    private int _stateAsked;

    /// <summary>
    /// Asks to be let in; it goes on asking until the first <see cref="GroupEvent.ViewInstalled"/>.
    /// </summary>
    /// <param name="contacts">Members of the group, as far as is known; one that lives is enough.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    public void Join(IReadOnlyList<ProcessId> contacts, TimeSpan now, Output<GroupEvent> output)
    {
        RequireOut();
        ArgumentOutOfRangeException.ThrowIfZero(contacts.Count);
        now = Begin(now, output);
        _state = MemberState.Joining;
        _contacts = contacts;
        _joinsAt = now;
        _lifeEndsAt = now + JoinLasts;
        Work(now);
        Finish(output);
    }

    /// <summary>
    /// Asks to leave: a view without this member follows, then <see cref="GroupEvent.Left"/>. Until then it takes
    /// part in everything but sending.
    /// </summary>
    public void Leave(TimeSpan now, Output<GroupEvent> output)
    {
        now = Begin(now, output);
        if (_state == MemberState.Joining)
        {
            GoOut(new GroupEvent.Left());
        }
        else if (_state == MemberState.In && !_isLeaving)
        {
            _isLeaving = true;
            _leavesAt = now;
            Work(now);
        }

        Finish(output);
    }

    /// <summary>Hands in the state that <see cref="GroupEvent.StateWanted"/> asked for.</summary>
    /// <param name="view">The number the event named.</param>
    /// <param name="state">The state; it is not copied, so must not change.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="ArgumentException">The state is too long.</exception>
    public void ProvideState(ulong view, ReadOnlyMemory<byte> state, TimeSpan now, Output<GroupEvent> output)
    {
        if (state.Length > _options.StateSizeBytesMax)
        {
            throw new ArgumentException(
                $"A state has at most {_options.StateSizeBytesMax} bytes; this one has {state.Length}.",
                nameof(state));
        }

        if (_state != MemberState.In || _lastCommit is not { } commit || commit.Next.Number != view)
        {
            // Those who joined ask again, somebody who is quicker.
            return;
        }

        Begin(now, output);
        List<MemberLife> waiting = [.. commit.Joined];
        _snapshots.Add((view, state, waiting));
        _snapshots.RemoveRange(0, Math.Max(0, _snapshots.Count - SnapshotsMax));
        if (commit.Next.Members[0] == Self)
        {
            waiting.ForEach(m => SendState(m.Id, view, state));
        }

        Finish(output);
    }

    private void SeeToJoin(TimeSpan now)
    {
        if (now < _joinsAt)
        {
            return;
        }

        if (now >= _lifeEndsAt)
        {
            RaiseLife(now);
        }

        _joinsAt = now + JoinRepeat;
        WriteJoin(Self);
        foreach (var contact in _contacts)
        {
            _post.Send(contact);
        }
    }

    // A life that was let in without hearing of it may be in the past already; only a new one surely is not.
    private void RaiseLife(TimeSpan now)
    {
        Self = Self with { Life = Self.Life + 1 };
        _post.Life = Self.Life;
        _lifeEndsAt = now + JoinLasts;
        _joinsAt = now;
    }

    private void WriteJoin(MemberLife joiner)
    {
        _post.Begin(GroupMessage.Join, view: 0);
        joiner.Write(_post.Writer);
    }

    private void OnJoin(ProcessId from, MemberLife joiner, TimeSpan now)
    {
        var view = _channel!.View;
        if (view.RankOf(joiner) >= 0)
        {
            if (_lastCommit?.Joined.Contains(joiner) == true)
            {
                SendCommit(joiner.Id, _lastCommit);
            }

            return;
        }

        var present = view.RankOf(joiner.Id);
        if (_gone.Contains(joiner) || (present >= 0 && view.Members[present].Life > joiner.Life))
        {
            SendOutdated(joiner.Id);
            return;
        }

        NoteLaterLife(joiner);

        _joiners.RemoveAll(j => j.Until < now || (j.Member.Id == joiner.Id && j.Member.Life < joiner.Life));
        if (_joiners.Exists(j => j.Member.Id == joiner.Id && j.Member.Life > joiner.Life)
            || _joiners.Count >= JoinersMax)
        {
            return;
        }

        _joiners.RemoveAll(j => j.Member == joiner);
        _joiners.Add((joiner, now + JoinLasts));
        if (Leader != Self.Id && from == joiner.Id)
        {
            WriteJoin(joiner);
            _post.Send(Leader);
        }
    }

    private void SeeToLeave(TimeSpan now)
    {
        _joiners.RemoveAll(j => j.Until < now);
        if (now < _leavesAt)
        {
            return;
        }

        _leavesAt = now + JoinRepeat;
        if (Leader == Self.Id)
        {
            OnLeave(Self);
        }
        else
        {
            _post.Send(Leader, GroupMessage.Leave, _channel!.View.Number);
        }
    }

    private void OnLeave(MemberLife leaver)
    {
        if (!_leavers.Contains(leaver))
        {
            _leavers.Add(leaver);
        }
    }

    /// <summary>The first view of one that joined: told once the state has come, if one is to come.</summary>
    private void InstallAsJoiner(Proposal commit, TimeSpan now)
    {
        Enter(commit.Next, previous: null, now);
        _lastCommit = commit;
        _joinedBy = commit;
        _joinsAt = TimeSpan.MaxValue;
        _heldBack = [];
        if (_options.TransfersState && commit.Survivors > 0)
        {
            _stateAt = now + JoinRepeat;
        }
        else
        {
            ReleaseHeldBack(state: null);
        }
    }

    /// <summary>Tells what was held back, with the state before it.</summary>
    private void ReleaseHeldBack(ReadOnlyMemory<byte>? state)
    {
        if (_heldBack is not { } held || _joinedBy is not { } commit)
        {
            return;
        }

        TakeDeliveries();
        _heldBack = null;
        _stateAt = TimeSpan.MaxValue;
        _events.Add(new GroupEvent.ViewInstalled(commit.Next, [.. commit.Next.Members], [], state));
        _events.AddRange(held);
    }

    private void SeeToState(TimeSpan now)
    {
        if (now < _stateAt)
        {
            return;
        }

        var providers = _joinedBy!.Next.Members.Take(_joinedBy.Survivors)
            .Where(m => _channel!.View.RankOf(m) >= 0).ToArray();
        if (providers.Length == 0)
        {
            ReleaseHeldBack(state: null);
            return;
        }

        _stateAt = now + JoinRepeat;
        _post.Send(
            providers[_stateAsked++ % providers.Length].Id, GroupMessage.StateRequest, _joinedBy.Next.Number);
    }

    private void OnStateRequest(MemberLife from, ulong view)
    {
        var at = _snapshots.FindIndex(s => s.View == view && s.Waiting.Contains(from));
        if (at >= 0)
        {
            SendState(from.Id, view, _snapshots[at].State);
        }
    }

    private void OnStateReceived(MemberLife from, ulong view)
    {
        foreach (var (_, _, waiting) in _snapshots.Where(s => s.View == view))
        {
            waiting.Remove(from);
        }

        DropSnapshots();
    }

    private void DropSnapshots()
    {
        foreach (var (_, _, waiting) in _snapshots)
        {
            waiting.RemoveAll(m => _channel!.View.RankOf(m) < 0);
        }

        _snapshots.RemoveAll(s => s.Waiting.Count == 0);
    }

    private void SendState(ProcessId to, ulong view, ReadOnlyMemory<byte> state)
    {
        _post.Begin(GroupMessage.State, view);
        _post.Writer.WriteBytes(state.Span);
        _post.Send(to);
    }

    private void OnState(ulong view, ReadOnlySpan<byte> state)
    {
        if (_heldBack is null || _joinedBy?.Next.Number != view)
        {
            return;
        }

        ReleaseHeldBack(state.ToArray());
        _post.Begin(GroupMessage.StateReceived, view);
        _post.SendToAll([.. _joinedBy.Next.Ids.Take(_joinedBy.Survivors)]);
    }

    private void SendOutdated(ProcessId to)
    {
        _post.Begin(GroupMessage.Outdated, _channel!.View.Number);
        _channel.View.Write(_post.Writer);
        _post.Send(to);
    }
}
