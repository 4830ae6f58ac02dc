using GridVolunteer.Cluster.Tests.Conformance;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Cluster.Tests.Storage;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cluster.Tests.Silos;

/// <summary>What a silo decided and died before it told is told by those that live.</summary>
public sealed class CatalogWatchTests(SharedRedis shared) : IClassFixture<SharedRedis>
{
    [FactWithRedis]
    public async Task AJobCancelled_BySomeSiloThatDiedBeforeItTold_LeavesNoKeys()
    {
        await using var rig = new ClusterRig(shared.Server, new VolunteerOptions());
        await rig.StartAsync();
        var job = await rig.SubmitAsync(3L * WorkGeometry.UnitsPerShard);
        for (var shard = 0; shard < 3; shard++)
        {
            var plan = (await rig.Grid.Job(job).AdvanceAsync(shard, default))!;
            await rig.Grid.Shard(plan.Shard).OpenAsync(plan, default);
        }

        await rig.UntilAsync(() => true); // All is told.

        // As on a silo that is killed right behind its append: it has the job's journal, and tells nobody.
        var dying = new EntityHost<Job>(
            EntityKey.Of(job), () => new Job(job), Unheard.Services(rig.JournalOf(shared.Connection)));
        var outcome = await dying.AskAsync(static (job, turn) => job.Control(JobControl.Cancel, turn), default);
        Assert.Equal(ControlOutcomeKind.Done, outcome.Kind);
        await rig.LoseAsync(1);

        var prefix = $"gridvolunteer:{rig.ClusterId}:";
        await rig.UntilAsync(() => shared.Connection.GetServers()[0].Keys(pattern: prefix + "*")
            .All(key => key.ToString().StartsWith(prefix + "{catalog}", StringComparison.Ordinal)));
        await rig.UntilAsync(async () => (await rig.Grid.Catalog.ActiveAsync(default)).Count == 0);
    }
}
