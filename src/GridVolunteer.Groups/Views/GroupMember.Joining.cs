using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <content>Joining and leaving.</content>
public sealed partial class GroupMember
{
    private const int JoinersMax = 64;

    private static readonly TimeSpan JoinRepeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan JoinLasts = TimeSpan.FromSeconds(2);

    private readonly List<(MemberLife Member, TimeSpan Until)> _joiners = [];
    private IReadOnlyList<ProcessId> _contacts = [];
    private TimeSpan _joinsAt = TimeSpan.MaxValue;
    private TimeSpan _lifeEndsAt;
    private ulong _lastLife;
    private bool _isLeaving;
    private TimeSpan _leavesAt = TimeSpan.MaxValue;

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
        WriteJoin(Self, _firstLife);
        foreach (var contact in _contacts)
        {
            _post.Send(contact);
        }
    }

    /// <summary>
    /// One that asked in several lives has been let in as one of them: that is the one it has. Should it be out
    /// again already it will hear so.
    /// </summary>
    private bool TakeLife(Proposal commit)
    {
        var letIn = commit.Joined.FirstOrDefault(
            m => m.Id == Self.Id && m.Life >= _firstLife && m.Life <= Self.Life);
        if (letIn.Life == 0)
        {
            return false;
        }

        Self = letIn;
        _post.Life = letIn.Life;
        return true;
    }

    // A life that was let in without hearing of it may be in the past already; only a new one surely is not.
    private void RaiseLife(TimeSpan now)
    {
        Self = Self with { Life = Self.Life + 1 };
        _lastLife = Self.Life;
        _post.Life = Self.Life;
        _lifeEndsAt = now + JoinLasts;
        _joinsAt = now;
    }

    private void WriteJoin(MemberLife joiner, ulong firstLife)
    {
        _post.Begin(GroupMessage.Join, view: 0);
        joiner.Write(_post.Writer);
        _post.Writer.WriteVarint(firstLife);
    }

    private void ReadJoin(MemberLife from, ref WireReader body, TimeSpan now)
    {
        var joiner = MemberLife.Read(ref body);
        var firstLife = body.Remaining > 0 ? body.ReadVarint() : joiner.Life;
        if (body.Failed || (joiner.Id != from.Id && _channel!.View.RankOf(from) < 0))
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        OnJoin(from.Id, joiner, firstLife, now);
    }

    /// <summary>Someone asks to be let in.</summary>
    /// <param name="from">Who says so: the joiner, or a member that passes it on.</param>
    /// <param name="joiner">The life it asks for now.</param>
    /// <param name="firstLife">The life it asked for first: let in as any since, it takes that one.</param>
    /// <param name="now">The time.</param>
    private void OnJoin(ProcessId from, MemberLife joiner, ulong firstLife, TimeSpan now)
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
        if (present >= 0 && view.Members[present].Life >= firstLife && !_channel.HasHeard(present)
            && _lastCommit?.Joined.Contains(view.Members[present]) == true)
        {
            // Let in while it began to ask in a new life.
            SendCommit(joiner.Id, _lastCommit);
            return;
        }

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
        if (Leader == Self.Id)
        {
            CheckHandovers();
        }
        if (Leader != Self.Id && from == joiner.Id)
        {
            WriteJoin(joiner, firstLife);
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

    private void SendOutdated(ProcessId to) => SendOutdated(to, _channel!.View);

    private void SendOutdated(ProcessId to, View current)
    {
        _post.Begin(GroupMessage.Outdated, current.Number);
        current.Write(_post.Writer);
        _post.Send(to);
    }
}
