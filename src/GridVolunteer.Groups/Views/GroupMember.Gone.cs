using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Views;

/// <content>Who is gone: what the host says of processes, and what a later life shows of the one before.</content>
public sealed partial class GroupMember
{
    private const int FirstLivesMax = 4_096;

    private readonly HashSet<ProcessId> _failed = [];
    private readonly HashSet<MemberLife> _ended = [];
    private readonly Dictionary<ProcessId, ulong> _firstLives = [];

    /// <summary>
    /// Learns that a process is thought dead, or has left: a view without it is to follow.
    /// </summary>
    public void MarkFailed(ProcessId id, TimeSpan now, Output<GroupEvent> output)
    {
        if (id == Self.Id || !_failed.Add(id))
        {
            return;
        }

        now = Begin(now, output);
        _channel?.Mark(id, isFailed: true);
        LoseCoordinator(id);
        if (_state == MemberState.In && _attempt is null && _attemptAt != TimeSpan.MaxValue && Leader == Self.Id)
        {
            // The one that was waited for is gone; now this member is the first.
            _attemptAt = Earlier(_attemptAt, now + _options.GatherDelay);
        }

        Work(now);
        Finish(output);
    }

    /// <summary>
    /// Learns that a process has been started anew: its lives before are over, whether or not it comes back into the
    /// group.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <param name="firstLife">The least life it may have from now on.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    public void MarkRestarted(ProcessId id, ulong firstLife, TimeSpan now, Output<GroupEvent> output)
    {
        if (id == Self.Id)
        {
            return;
        }

        now = Begin(now, output);
        if (_firstLives.Count < FirstLivesMax || _firstLives.ContainsKey(id))
        {
            _firstLives[id] = Math.Max(firstLife, _firstLives.GetValueOrDefault(id));
        }

        if (_channel is { } channel && channel.View.Members.FirstOrDefault(m => m.Id == id) is { Life: > 0 } member
            && member.Life < firstLife)
        {
            _ended.Add(member);
            channel.Mark(id, isFailed: true);
        }

        Work(now);
        Finish(output);
    }

    /// <summary>Learns that a process that was thought dead is there.</summary>
    public void MarkAlive(ProcessId id, TimeSpan now, Output<GroupEvent> output)
    {
        if (!_failed.Remove(id))
        {
            return;
        }

        now = Begin(now, output);
        _channel?.Mark(id, isFailed: false);
        Work(now);
        Finish(output);
    }

    // A life is over when it is thought dead, or when its process asks to join in another.
    private bool IsGone(MemberLife member) =>
        _failed.Contains(member.Id) || _ended.Contains(member) || IsFormer(member);

    // Of a life that its process had before it was started anew, also where it is let in only after that.
    private bool IsFormer(MemberLife member) => member.Life < _firstLives.GetValueOrDefault(member.Id);

    /// <summary>A process speaks in a later life than the one that is a member: that one is over.</summary>
    private void NoteLaterLife(MemberLife from)
    {
        var view = _channel!.View;
        if (view.RankOf(from.Id) is >= 0 and var rank && view.Members[rank].Life < from.Life)
        {
            _ended.Add(view.Members[rank]);
            _channel.Mark(from.Id, isFailed: true);
        }
    }
}
