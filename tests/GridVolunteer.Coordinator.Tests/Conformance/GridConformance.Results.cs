using System.Buffers;
using System.Text;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Tests.Conformance;

/// <content>Results, read back.</content>
public abstract partial class GridConformance
{
    [Fact]
    public async Task Results_OfAnyRange_AreThoseReportedInOrder()
    {
        await using var rig = await StartAsync();
        const int Units = 10_000;
        var id = await rig.SubmitAsync(Units);
        var shard = (await rig.Grid.Job(id).AdvanceAsync(0, default))!.Shard;
        await rig.UntilAsync(async () => (await rig.Grid.Shard(shard).StatusAsync(default)).UnitCount > 0);
        var random = new Random(5);
        var grants = new List<ShardGrant>();
        while ((await rig.ExchangeAsync(shard, GridRig.Ann, random.Next(1, 300))).Grant is { } grant)
        {
            grants.Add(grant);
        }

        // Reported in any order, and a tenth not at all.
        var missing = grants.Where((_, i) => i % 10 == 0).SelectMany(g => Indexes(g.Runs)).ToHashSet();
        foreach (var grant in grants.Where((_, i) => i % 10 != 0).OrderBy(_ => random.Next()))
        {
            await rig.ExchangeAsync(shard, GridRig.Ann, 0, GridRig.Computed(grant));
        }

        foreach (var range in (UnitRun[])[new(0, Units), new(17, 1), new(4000, 5000), new(9_999, 1), new(123, 456)])
        {
            var read = new List<(long Unit, string Text)>();
            await foreach (var slice in rig.Results.ReadAsync(shard, range, default))
            {
                read.AddRange(Indexes([slice.Units]).Zip(Texts(slice.Packed.Span)));
            }

            var expected = Indexes([range]).Where(u => !missing.Contains(u)).Select(u => (u, $"result {u}"));
            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public async Task Children_AcrossTwoShards_AreRead()
    {
        await using var rig = await StartAsync();
        const int Units = WorkGeometry.UnitsPerShard + 100;
        var id = await rig.SubmitAsync(Units);
        for (var number = 0; number < 2; number++)
        {
            var shard = (await rig.Grid.Job(id).AdvanceAsync(number, default))!.Shard;
            await rig.UntilAsync(
                async () => (await rig.Grid.Shard(shard).StatusAsync(default)).UnitCount > 0);
            while ((await rig.ExchangeAsync(shard, GridRig.Ann, 4096)).Grant is { } grant)
            {
                await rig.ExchangeAsync(shard, GridRig.Ann, 0, GridRig.Computed(grant));
            }
        }

        var range = new UnitRun(WorkGeometry.UnitsPerShard - 30, 60);
        var children = await rig.Results.ReadChildrenAsync(id, 0, range, default);
        Assert.Equal([range], children.Present);
        Assert.Equal(Indexes([range]).Select(u => $"result {u}"), Texts(children.Results.Span));
    }

    private static IEnumerable<long> Indexes(IEnumerable<UnitRun> runs) =>
        runs.SelectMany(r => Enumerable.Range(0, r.Count).Select(i => r.Start + i));
}
