using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>Lists of runs as they are gathered, one after the other.</summary>
internal static class RunList
{
    /// <summary>Appends a run, or lengthens the last one when it ends where this one begins.</summary>
    public static void Append(this List<LocalRun> runs, int start, int count)
    {
        if (runs.Count > 0 && runs[^1].End == start)
        {
            runs[^1] = new LocalRun(runs[^1].Start, runs[^1].Count + count);
        }
        else
        {
            runs.Add(new LocalRun(start, count));
        }
    }

    /// <summary>How many units the runs have together.</summary>
    public static int UnitCount(this IReadOnlyList<LocalRun> runs)
    {
        var count = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            count += runs[i].Count;
        }

        return count;
    }

    /// <summary>The same runs by index in the level.</summary>
    public static UnitRun[] ToLevel(this IReadOnlyList<LocalRun> runs, long firstUnit)
    {
        var level = new UnitRun[runs.Count];
        for (var i = 0; i < level.Length; i++)
        {
            level[i] = new UnitRun(firstUnit + runs[i].Start, runs[i].Count);
        }

        return level;
    }
}
