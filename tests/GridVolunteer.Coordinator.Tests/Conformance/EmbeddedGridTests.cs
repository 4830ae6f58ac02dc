using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Tests.Conformance;

/// <summary>The embedded engine conforms, and holds no more in memory than is in use.</summary>
public sealed class EmbeddedGridTests : GridConformance
{
    [Fact]
    public async Task EntitiesThatNobodyUses_LeaveMemory()
    {
        await using var rig = await EmbeddedRig.StartedAsync();
        var id = await rig.SubmitAsync(units: 5);
        var shard = (await rig.Grid.Job(id).AdvanceAsync(0, default))!.Shard;
        await rig.UntilAsync(async () => (await rig.Grid.Shard(shard).StatusAsync(default)).UnitCount > 0);
        var grant = (await rig.ExchangeAsync(shard, GridRig.Ann, 5)).Grant!;
        await rig.ExchangeAsync(shard, GridRig.Ann, 0, GridRig.Computed(grant));
        await rig.UntilAsync(id, JobState.Completed);
        Assert.Equal(3, rig.Embedded.ResidentEntities);
        await rig.UntilAsync(() => rig.Embedded.ResidentEntities == 1);

        // What left memory is found again.
        Assert.Equal(5, (await rig.Grid.Job(id).SnapshotAsync(default))!.UnitsValidated);
        Assert.Equal(5, (await rig.Grid.Shard(shard).StatusAsync(default)).Validated);
    }

    protected override GridRig Create(VolunteerOptions volunteers) =>
        new EmbeddedRig(new EmbeddedGridOptions { Volunteers = volunteers });
}
