using GridVolunteer.Cluster.Tests.Conformance;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Tests.Conformance;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Tests.Silos;

/// <summary>A volunteer that nobody remembers any more is missed all the same.</summary>
public sealed class LossWatchTests(SharedRedis shared) : IClassFixture<SharedRedis>
{
    // So many that some live on either silo; those on the one that goes are loaded anew and ask for their holders by
    // themselves, the others have only the watch.
    private const int Shards = 8;

    private static readonly VolunteerOptions Impatient = new()
    {
        HeartbeatInterval = TimeSpan.FromSeconds(1),
        HeartbeatLimit = TimeSpan.FromSeconds(3),
    };

    [FactWithRedis]
    public async Task AVolunteer_ThatDiesTogetherWithItsSilo_LosesWhatItHeld_InEveryShard()
    {
        await using var rig = new ClusterRig(shared.Server, Impatient);
        await rig.StartAsync();
        await GridRig.BeatAsync(rig.GridOf(1), GridRig.Ann); // Where she came first she lives.
        var job = await rig.SubmitAsync(Shards * (long)WorkGeometry.UnitsPerShard);
        var shards = new List<ShardId>();
        for (var shard = 0; shard < Shards; shard++)
        {
            var plan = (await rig.Grid.Job(job).AdvanceAsync(shard, default))!;
            await rig.Grid.Shard(plan.Shard).OpenAsync(plan, default);
            Assert.NotNull((await rig.ExchangeAsync(plan.Shard, GridRig.Ann, 5)).Grant);
            shards.Add(plan.Shard);
        }

        Assert.All(await StatusAsync(rig, shards), status => Assert.Equal(5, status.Running));
        await rig.UntilAsync(() => true); // She has heard of all.
        await rig.LoseAsync(1);
        var before = rig.Clock.GetUtcNow();
        await rig.UntilAsync(async () => (await StatusAsync(rig, shards)).All(status => status.Running == 0));
        Assert.All(await StatusAsync(rig, shards), status => Assert.Equal(5, status.Returned));
        Assert.InRange(rig.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    private static async Task<ShardStatus[]> StatusAsync(
        ClusterRig rig, IEnumerable<ShardId> shards) =>
        await Task.WhenAll(shards.Select(shard => rig.Grid.Shard(shard).StatusAsync(default).AsTask()));
}
