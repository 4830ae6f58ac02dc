using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Jobs;

/// <summary>How many levels, units and shards a job has: computed from its size, stored nowhere.</summary>
public sealed class JobGeometry
{
    private readonly long[] _unitsAtLevel;

    /// <summary>The geometry of a valid submission.</summary>
    public JobGeometry(JobSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var lastLevel = WorkGeometry.LastLevel(submission.Units, submission.MergeFanIn);
        _unitsAtLevel = new long[lastLevel + 1];
        _unitsAtLevel[0] = submission.Units;
        for (var level = 1; level <= lastLevel; level++)
        {
            _unitsAtLevel[level] = WorkGeometry.UnitsAtLevel(submission.Units, level, submission.MergeFanIn);
            MergesTotal += _unitsAtLevel[level];
        }
    }

    /// <summary>The level of the last merge, or 0 when the job does not merge.</summary>
    public int LastLevel => _unitsAtLevel.Length - 1;

    /// <summary>Merge units of all levels.</summary>
    public long MergesTotal { get; }

    /// <summary>Shards of a level.</summary>
    public int ShardsAtLevel(int level) => WorkGeometry.ShardCount(_unitsAtLevel[level]);

    /// <summary>Units of one shard of a level.</summary>
    public int UnitsInShard(int level, int number) => WorkGeometry.UnitsInShard(_unitsAtLevel[level], number);

    /// <summary>Units of a level in shards from <paramref name="number"/> on.</summary>
    public long UnitsFrom(int level, int number) =>
        Math.Max(0, _unitsAtLevel[level] - ((long)number * WorkGeometry.UnitsPerShard));
}
