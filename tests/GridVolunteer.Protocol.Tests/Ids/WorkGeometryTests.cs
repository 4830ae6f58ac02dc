using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Tests.Ids;

/// <summary>
/// Shards and merge levels follow from the number of units alone; nothing is left out and nothing counted
/// twice.
/// </summary>
public sealed class WorkGeometryTests
{
    [Property]
    public Property Shards_HoldEveryUnitOnce() => Prop.ForAll(Units(), units =>
    {
        var shards = WorkGeometry.ShardCount(units);
        var held = Enumerable.Range(0, shards).Sum(n => (long)WorkGeometry.UnitsInShard(units, n));
        return held == units
            && WorkGeometry.UnitsInShard(units, shards) == 0
            && WorkGeometry.ShardNumber(units - 1) == shards - 1;
    });

    [Property]
    public Property LastLevel_HasOneUnitAndNoEarlierMergeDoes() =>
        Prop.ForAll(Units(), FanIns(), (units, fanIn) =>
    {
        var last = WorkGeometry.LastLevel(units, fanIn);
        return last >= 1
            && WorkGeometry.UnitsAtLevel(units, last, fanIn) == 1
            && (last == 1 || WorkGeometry.UnitsAtLevel(units, last - 1, fanIn) > 1);
    });

    [Property]
    public Property Levels_ShrinkByTheFanIn() => Prop.ForAll(Units(), FanIns(), (units, fanIn) =>
    {
        var level = WorkGeometry.UnitsAtLevel(units, 1, fanIn);
        return level * fanIn >= units && (level - 1) * fanIn < units;
    });

    [Fact]
    public void JobWithoutMerge_EndsAtLevelZero() => Assert.Equal(0, WorkGeometry.LastLevel(1000, 0));

    [Fact]
    public void SingleUnit_StillPassesThroughOneMerge() => Assert.Equal(1, WorkGeometry.LastLevel(1, 64));

    private static Arbitrary<long> Units() =>
        (from high in Gen.Choose(0, 3000) from low in Gen.Choose(1, 65536) select (high * 65536L) + low).ToArbitrary();

    private static Arbitrary<int> FanIns() => Gen.Choose(2, 1024).ToArbitrary();
}
