namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>Consecutive units of one shard, counted from the shard's first unit.</summary>
/// <param name="Start">The first unit.</param>
/// <param name="Count">How many, at least 1.</param>
internal readonly record struct LocalRun(int Start, int Count)
{
    /// <summary>The unit after the last one.</summary>
    public int End => Start + Count;
}
