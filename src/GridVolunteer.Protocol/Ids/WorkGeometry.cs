namespace GridVolunteer.Protocol.Ids;

/// <summary>
/// The arithmetic that says which shard a unit is in and how many merge units a level has; nobody stores it.
/// </summary>
public static class WorkGeometry
{
    /// <summary>Units of one work shard.</summary>
    public const int UnitsPerShard = 65536;

    /// <summary>Children of one merge unit unless the plan says otherwise.</summary>
    public const int DefaultMergeFanIn = 64;

    /// <summary>The number of the shard that holds unit <paramref name="index"/>.</summary>
    public static int ShardNumber(long index) => checked((int)(index / UnitsPerShard));

    /// <summary>How many shards <paramref name="units"/> units need.</summary>
    public static int ShardCount(long units) => checked((int)((units + UnitsPerShard - 1) / UnitsPerShard));

    /// <summary>
    /// How many units shard <paramref name="number"/> of a level of <paramref name="units"/> units has.
    /// </summary>
    public static int UnitsInShard(long units, int number) =>
        (int)Math.Clamp(units - ((long)number * UnitsPerShard), 0, UnitsPerShard);

    /// <summary>
    /// Units of merge level <paramref name="level"/> of a job with <paramref name="units"/> work units. Level
    /// 1 exists for every job that merges, so that even a single result passes through one merge; the last
    /// level has one unit.
    /// </summary>
    public static long UnitsAtLevel(long units, int level, int fanIn)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fanIn, 2);
        for (var k = 0; k < level; k++)
        {
            units = (units + fanIn - 1) / fanIn;
        }

        return units;
    }

    /// <summary>
    /// The level of the last merge (1 or more), or 0 when <paramref name="fanIn"/> is 0: the job does not
    /// merge.
    /// </summary>
    public static int LastLevel(long units, int fanIn)
    {
        if (fanIn == 0)
        {
            return 0;
        }

        var level = 1;
        while (UnitsAtLevel(units, level, fanIn) > 1)
        {
            level++;
        }

        return level;
    }
}
