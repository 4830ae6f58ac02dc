using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Cluster.Tests.Storage;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Tests.Silos;

/// <summary>
/// While a silo leaves, a shard may for a moment have two activations, and the one that learns of it lets go. Whoever was
/// asking it must not notice: nothing was kept, so the question goes where the shard is now.
/// </summary>
public sealed class MovedShardTests(SharedRedis shared) : IClassFixture<SharedRedis>
{
    private const int Here = 0;
    private const int Elsewhere = 1;
    private static readonly PeerId Ann = new(1, 1);

    [FactWithRedis]
    public async Task AnExchange_WithAShardThatWasLoadedElsewhereSince_IsAnswered()
    {
        await using var fleet = new SiloFleet(shared.Server);
        var shard = await OneShardAsync(fleet);
        await LoadElsewhereAsync(fleet, shard);

        // At hand, where the shard was.
        Assert.Equal(10, await fleet.ExchangeAsync(Here, Ann));
    }

    [FactWithRedis]
    public async Task AQuestion_ThatCrossesSilos_ToAShardThatWasLoadedElsewhereSince_IsAnswered()
    {
        await using var fleet = new SiloFleet(shared.Server);
        var shard = await OneShardAsync(fleet);

        // Brokers ask too, each second, and may be the ones who find out.
        for (var time = 0; time < 10; time++)
        {
            await LoadElsewhereAsync(fleet, shard);
            Assert.Equal(10, (await fleet.Grid(Elsewhere).Shard(shard).StatusAsync(default)).Running);
        }
    }

    /// <summary>A shard that lives here, from which Ann has got units.</summary>
    private static async Task<ShardId> OneShardAsync(SiloFleet fleet)
    {
        await fleet.StartAsync(2);
        var job = await fleet.SubmitAsync(Here, units: 1000);
        await fleet.EnterAsync(Here, Ann);
        Assert.Equal(10, await fleet.ExchangeAsync(Here, Ann));
        var open = (await fleet.Grid(Here).Job(job).SnapshotAsync(default))!.OpenShards;
        var shard = Assert.Single(open).Shard;
        Assert.NotNull(fleet.Residents(Here).Find(shard));
        return shard;
    }

    /// <summary>As another activation does before it says anything.</summary>
    private async Task LoadElsewhereAsync(SiloFleet fleet, ShardId shard)
    {
        using var folder = new JournalFolder(shared.Connection, fleet.ClusterId);
        Assert.NotEqual(0, (await folder.Open().Journal.LoadAsync(EntityKey.Of(shard), default)).Epoch);
    }
}
