using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Tests.Conformance;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cluster.Tests.Conformance;

/// <summary>A cluster of two silos conforms.</summary>
public sealed class ClusterGridTests(SharedRedis shared) : GridConformance, IClassFixture<SharedRedis>
{
    protected override GridRig Create(VolunteerOptions volunteers) => new ClusterRig(shared.Server, volunteers);

    [FactWithRedis]
    public async Task JobsThatAreOver_LeaveRedis_HoweverManyTheyWere()
    {
        await using var rig = new ClusterRig(shared.Server, new VolunteerOptions());
        await rig.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var done = await rig.SubmitAsync(units: 20);
            var shard = (await rig.Grid.Job(done).AdvanceAsync(0, default))!.Shard;
            await rig.UntilAsync(async () => (await rig.Grid.Shard(shard).StatusAsync(default)).UnitCount > 0);
            var grant = (await rig.ExchangeAsync(shard, GridRig.Ann, 20)).Grant!;
            await rig.ExchangeAsync(shard, GridRig.Ann, 0, GridRig.Computed(grant));
            await rig.UntilAsync(done, JobState.Completed);
        }

        var cancelled = await rig.SubmitAsync(units: 20);
        await rig.Grid.Job(cancelled).AdvanceAsync(0, default);
        await rig.Grid.Job(cancelled).ControlAsync(JobControl.Cancel, default);

        // All that stays is the catalogue.
        var prefix = $"gridvolunteer:{rig.ClusterId}:";
        await rig.UntilAsync(() => shared.Connection.GetServers()[0].Keys(pattern: prefix + "*")
            .All(key => key.ToString().StartsWith(prefix + "{catalog}", StringComparison.Ordinal)));
        Assert.Equal(JobState.Cancelled, (await rig.Grid.Job(cancelled).SnapshotAsync(default))!.State);
    }
}
