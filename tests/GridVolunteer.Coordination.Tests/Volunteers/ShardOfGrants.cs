using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Tests.Volunteers;

/// <summary>
/// A shard as one volunteer's entity sees it: which grants of it live, and whether it was called silent.
/// </summary>
internal sealed class ShardOfGrants(ShardId id)
{
    private readonly Dictionary<string, long> _byRequest = [];
    private long _lastSequence;

    public ShardId Id { get; } = id;

    /// <summary>Live grants and their units left.</summary>
    public SortedDictionary<long, int> Live { get; } = [];

    public bool IsCalledSilent { get; private set; }

    public int TimesLost { get; private set; }

    public long Grant(string requestId, int units)
    {
        if (!_byRequest.TryGetValue(requestId, out var sequence))
        {
            _byRequest.Add(requestId, sequence = ++_lastSequence);
            Live.Add(sequence, units);
        }

        return sequence;
    }

    public void Report(long sequence, int units)
    {
        if (Live.TryGetValue(sequence, out var left))
        {
            Live[sequence] = left - units;
            _ = left - units > 0 || Live.Remove(sequence);
        }
    }

    public void Void(long sequence) => Live.Remove(sequence);

    public void Lose()
    {
        TimesLost++;
        IsCalledSilent = true;
    }

    public ReconcileAnswer Reconcile(IReadOnlyList<long> held, IReadOnlyList<long> dropped)
    {
        IsCalledSilent = false;
        foreach (var sequence in dropped)
        {
            Live.Remove(sequence);
        }

        return new ReconcileAnswer([.. held.Where(s => !Live.ContainsKey(s))], [.. Live.Keys.Except(held)]);
    }
}
