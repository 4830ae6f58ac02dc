using System.Collections.Concurrent;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// How many volunteers' results of each unit of one job the coordinator acknowledged: one byte a unit.
/// </summary>
public sealed class AcknowledgedUnits
{
    private readonly ConcurrentDictionary<int, byte[]> _shards = new();

    /// <summary>One volunteer's results of these units were acknowledged.</summary>
    public void Add(UnitRun run)
    {
        for (var unit = run.Start; unit < run.End;)
        {
            var shard = WorkGeometry.ShardNumber(unit);
            var first = (long)shard * WorkGeometry.UnitsPerShard;
            var end = Math.Min(run.End, first + WorkGeometry.UnitsPerShard);
            var counts = _shards.GetOrAdd(shard, static _ => new byte[WorkGeometry.UnitsPerShard]);
            lock (counts)
            {
                for (; unit < end; unit++)
                {
                    counts[unit - first]++;
                }
            }
        }
    }

    /// <summary>How many volunteers' results of this unit were acknowledged.</summary>
    public int Count(long unit)
    {
        var shard = WorkGeometry.ShardNumber(unit);
        return _shards.TryGetValue(shard, out var counts)
            ? counts[unit - ((long)shard * WorkGeometry.UnitsPerShard)]
            : 0;
    }

    /// <summary>
    /// Units with at least <paramref name="quorum"/> acknowledged results: the coordinator must have them.
    /// </summary>
    public long CountAtLeast(int quorum) => _shards.Values.Sum(counts => counts.LongCount(c => c >= quorum));
}
