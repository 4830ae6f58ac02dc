using System.Text;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Tests.Conformance;

/// <summary>What every engine must do, whatever it keeps its entities in. Each engine's tests derive from this.</summary>
public abstract partial class GridConformance
{
    protected abstract GridRig Create(VolunteerOptions volunteers);

    [Fact]
    public async Task AJobWithAMerge_RunsFromSubmissionToOutput()
    {
        await using var rig = await StartAsync();
        var id = await rig.SubmitAsync(units: 100, fanIn: 64);
        foreach (var level in (int[])[0, 1, 2])
        {
            var plan = await rig.Grid.Job(id).AdvanceAsync(0, default);
            var shard = new ShardId(id, level, 0);
            Assert.Equal(shard, plan!.Shard);
            await rig.UntilAsync(
                async () => (await rig.Grid.Shard(shard).StatusAsync(default)).UnitCount > 0);
            var grant = (await rig.ExchangeAsync(shard, GridRig.Ann, 1000)).Grant!;
            await rig.ExchangeAsync(shard, GridRig.Ann, 0, GridRig.Computed(grant));
            await rig.UntilAsync(async () => await Snapshot(rig, id) is { } job && (
                job.Level > level || job.Output is not null));
        }

        await rig.UntilAsync(id, JobState.Completed);
        var done = (await Snapshot(rig, id))!;
        Assert.Equal(100, done.UnitsValidated);
        Assert.Equal(3, done.MergesValidated);
        var output = await rig.Results.ReadOneAsync(done.OutputShard!.Value, done.Output!, default);
        Assert.Equal(["result 0"], Texts(output.Span));
        await rig.UntilAsync(async () => (await rig.Grid.Catalog.ActiveAsync(default)).Count == 0);
    }

    [Fact]
    public async Task AfterARestart_GrantsStandAndWorkGoesOn()
    {
        await using var rig = await StartAsync();
        var id = await rig.SubmitAsync(units: 10);
        var shard = (await rig.Grid.Job(id).AdvanceAsync(0, default))!.Shard;
        await rig.UntilAsync(async () => (await rig.Grid.Shard(shard).StatusAsync(default)).UnitCount > 0);
        var grant = (await rig.ExchangeAsync(shard, GridRig.Ann, 4)).Grant!;
        await rig.StopAsync();
        await rig.StartAsync();

        Assert.Equal([id], await rig.Grid.Catalog.ActiveAsync(default));
        Assert.Equal(4, (await rig.Grid.Shard(shard).StatusAsync(default)).Running);
        Assert.Equal(4, (await rig.ExchangeAsync(shard, GridRig.Ann, 0, GridRig.Computed(grant))).Outcomes[0].Accepted);
        var children = await rig.Results.ReadChildrenAsync(id, 0, new UnitRun(0, 10), default);
        Assert.Equal([new UnitRun(0, 4)], children.Present);
        Assert.Equal(["result 0", "result 1", "result 2", "result 3"], Texts(children.Results.Span));
    }

    [Fact]
    public async Task AVolunteerThatFallsSilent_LosesItsUnitsToOthers()
    {
        await using var rig = await StartAsync(new VolunteerOptions
        {
            HeartbeatInterval = TimeSpan.FromSeconds(1),
            HeartbeatLimit = TimeSpan.FromSeconds(5),
        });
        var id = await rig.SubmitAsync(units: 10);
        var shard = (await rig.Grid.Job(id).AdvanceAsync(0, default))!.Shard;
        await rig.UntilAsync(async () => (await rig.Grid.Shard(shard).StatusAsync(default)).UnitCount > 0);
        var lost = (await rig.ExchangeAsync(shard, GridRig.Ann, 10)).Grant!;
        await rig.BeatAsync(GridRig.Ann, lost.Grant);
        var began = rig.Clock.GetUtcNow();
        Assert.Null((await rig.ExchangeAsync(shard, GridRig.Bob, 10)).Grant);
        await rig.UntilAsync(() => rig.Appeared.Contains(shard) && rig.Events.Any(e => e.Kind == "lost"));
        Assert.InRange(rig.Clock.GetUtcNow() - began, TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(6));

        var taken = (await rig.ExchangeAsync(shard, GridRig.Bob, 10)).Grant!;
        await rig.ExchangeAsync(shard, GridRig.Bob, 0, GridRig.Computed(taken));
        await rig.UntilAsync(id, JobState.Completed);
        Assert.Equal(10, (await Snapshot(rig, id))!.UnitsReassigned);
    }

    [Fact]
    public async Task Volunteers_AreListedByIdInPages()
    {
        await using var rig = await StartAsync();
        await rig.BeatAsync(GridRig.Bob);
        await rig.BeatAsync(GridRig.Ann);
        Assert.Equal([GridRig.Ann], await ListedAsync(rig, null, 1));
        Assert.Equal([GridRig.Bob], await ListedAsync(rig, GridRig.Ann, 10));
    }

    [Fact]
    public async Task CancellingAJob_EndsItsShards()
    {
        await using var rig = await StartAsync();
        var id = await rig.SubmitAsync(units: 5);
        var shard = (await rig.Grid.Job(id).AdvanceAsync(0, default))!.Shard;
        await rig.UntilAsync(async () => (await rig.Grid.Shard(shard).StatusAsync(default)).UnitCount > 0);
        await rig.Grid.Job(id).ControlAsync(JobControl.Cancel, default);
        await rig.UntilAsync(async () => (await rig.Grid.Shard(shard).StatusAsync(default)).IsClosed);
        Assert.Null((await rig.ExchangeAsync(shard, GridRig.Ann, 5)).Grant);
    }

    private async Task<GridRig> StartAsync(VolunteerOptions? volunteers = null)
    {
        var rig = Create(volunteers ?? new VolunteerOptions());
        await rig.StartAsync();
        return rig;
    }

    private static async Task<IEnumerable<PeerId>> ListedAsync(GridRig rig, PeerId? after, int limit) =>
        (await rig.Volunteers.ListAsync(after, limit, default)).Select(view => view.Peer);

    private static ValueTask<JobSnapshot?> Snapshot(GridRig rig, JobId id) =>
        rig.Grid.Job(id).SnapshotAsync(default);

    private static List<string> Texts(ReadOnlySpan<byte> packed)
    {
        var texts = new List<string>();
        var reader = new PackedResultsReader(packed);
        while (reader.TryRead(out var result))
        {
            texts.Add(Encoding.UTF8.GetString(result.Bytes));
        }

        return texts;
    }
}
