using GridVolunteer.Cluster.Tests.Conformance;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Tests.Conformance;

namespace GridVolunteer.Cluster.Tests.Silos;

/// <summary>A volunteer that is heard seldom is not forgotten before its silence was judged.</summary>
public sealed class IdleVolunteerTests(SharedRedis shared) : IClassFixture<SharedRedis>
{
    // Longer than idle grains are kept.
    private static readonly VolunteerOptions Patient = new()
    {
        HeartbeatInterval = TimeSpan.FromMinutes(5),
        HeartbeatLimit = TimeSpan.FromMinutes(10),
    };

    [FactWithRedis]
    public async Task IdleGrainsGo_ButAVolunteerStays_AndItsDeathIsNoticed()
    {
        await using var rig = new ClusterRig(shared.Server, Patient);
        await rig.StartAsync();
        await rig.BeatAsync(GridRig.Ann);
        await rig.CollectIdleAsync();
        Assert.Equal("alive", await StateAsync(rig));

        await rig.UntilAsync(async () => await StateAsync(rig) == "silent");
    }

    private static async Task<string?> StateAsync(ClusterRig rig) =>
        (await rig.Volunteers.ListAsync(null, 10, default)).SingleOrDefault(view => view.Peer == GridRig.Ann)?.State;
}
