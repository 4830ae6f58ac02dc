using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// Bounds what agents may upload: so many bytes an hour each, by a bucket that refills evenly. Agents whose
/// bucket is full again are forgotten, and when more than <see cref="AgentsMax"/> upload at a time, new ones
/// have to wait.
/// </summary>
/// <param name="bytesPerHour">The allowance of each agent.</param>
/// <param name="clock">The clock that buckets refill by.</param>
public sealed class UploadAllowance(long bytesPerHour, TimeProvider clock)
{
    /// <summary>The most agents with a bucket that is not full.</summary>
    public const int AgentsMax = 65536;

    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, (double Used, DateTimeOffset At)> _used = [];

    /// <summary>
    /// Takes <paramref name="bytes"/> from the agent's bucket; false when too little is left.
    /// </summary>
    public bool TryTake(PeerId agent, long bytes)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var used = _used.TryGetValue(agent, out var entry) ? Drained(entry, now) : 0;
            if (used + bytes > bytesPerHour || (used == 0 && !HasRoom(now)))
            {
                return false;
            }

            _used[agent] = (used + bytes, now);
            return true;
        }
    }

    private double Drained((double Used, DateTimeOffset At) entry, DateTimeOffset now) =>
        Math.Max(0, entry.Used - ((now - entry.At).TotalHours * bytesPerHour));

    private bool HasRoom(DateTimeOffset now)
    {
        if (_used.Count < AgentsMax)
        {
            return true;
        }

        foreach (var (agent, entry) in _used)
        {
            if (Drained(entry, now) == 0)
            {
                _used.Remove(agent);
            }
        }

        return _used.Count < AgentsMax;
    }
}
