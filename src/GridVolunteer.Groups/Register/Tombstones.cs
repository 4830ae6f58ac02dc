using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Register;

/// <summary>
/// Groups that have been dissolved: for a while, so that whoever missed it is told. Those who were in it are told
/// until they acknowledge it.
/// </summary>
internal sealed class Tombstones(RegisterOptions options)
{
    private readonly List<Tombstone> _stones = [];

    public TimeSpan Due => _stones.Count == 0 ? TimeSpan.MaxValue : _stones.Min(s => s.Due);

    public bool Contains(GroupId group) => _stones.Exists(s => s.Group == group);

    /// <summary>Remembers the end of a group; false when it is known already.</summary>
    public bool Add(GroupId group, IEnumerable<ProcessId> toTell, TimeSpan now)
    {
        if (Contains(group))
        {
            return false;
        }

        _stones.RemoveRange(0, Math.Max(0, _stones.Count + 1 - options.GroupsMax));
        _stones.Add(new Tombstone(group, [.. toTell], now + options.EndLasts) { TellAt = now, Pause = options.AskRepeat });
        return true;
    }

    public void Acknowledge(GroupId group, ProcessId by) => _stones.Find(s => s.Group == group)?.Waiting.Remove(by);

    public void Tick(TimeSpan now, RegisterPost post, Output<RegisterEvent> output)
    {
        _stones.RemoveAll(s => now >= s.EndsAt);
        foreach (var stone in _stones.Where(s => s.Waiting.Count > 0 && now >= s.TellAt))
        {
            foreach (var to in stone.Waiting)
            {
                post.SendGroup(RegisterMessage.Ended, to, stone.Group, output);
            }

            stone.TellAt = now + stone.Pause;
            stone.Pause = TimeSpan.FromTicks(Math.Min(stone.Pause.Ticks * 2, options.AnnounceInterval.Ticks));
        }
    }

    private sealed class Tombstone(GroupId group, HashSet<ProcessId> waiting, TimeSpan endsAt)
    {
        public GroupId Group { get; } = group;

        public HashSet<ProcessId> Waiting { get; } = waiting;

        public TimeSpan EndsAt { get; } = endsAt;

        public TimeSpan TellAt { get; set; }

        public TimeSpan Pause { get; set; }

        public TimeSpan Due => Waiting.Count > 0 && TellAt < EndsAt ? TellAt : EndsAt;
    }
}
