using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Engine;

/// <summary>
/// A job is cancelled and the process dies after any number of appends: between the job's and its shards', say. The next
/// process ends what is left by itself; nobody needs to look at the job for that.
/// </summary>
public sealed class CancelCrashTests : IEventSink, IBrokerFeed
{
    private const int Shards = 3;
    private readonly JournalFake _journal = new();

    [Fact]
    public async Task ACancelledJob_IsEndedWithAllItsShards_WhereverTheProcessDied()
    {
        // The job's turn, one of each shard, each shard's end told to the job, and the catalogue's.
        for (var appends = 1; appends <= 1 + (2 * Shards) + 1; appends++)
        {
            var job = await CancelAndDieAsync(appends);
            using var grid = NewGrid();
            await grid.StartAsync(default);
            await RestAsync(grid);
            await grid.StopAsync(default);
            Assert.Empty(await grid.Catalog.ActiveAsync(default));
            for (var shard = 0; shard < Shards; shard++)
            {
                // A last state in place of all turns: it is over, and nobody will write it any more.
                var stored = await _journal.LoadAsync(EntityKey.Of(new ShardId(job, 0, shard)), default);
                Assert.True(stored is { Snapshot: not null, Turns: [] }, $"shard {shard} after {appends} appends");
            }
        }
    }

    void IEventSink.Publish(IReadOnlyList<GridEvent> events)
    {
        // Nobody watches.
    }

    void IBrokerFeed.JobChanged(JobId job)
    {
        // No broker.
    }

    void IBrokerFeed.WorkAppeared(ShardId shard)
    {
        // No broker.
    }

    private async Task<JobId> CancelAndDieAsync(int appends)
    {
        _journal.AppendsLeft = int.MaxValue;
        using var grid = NewGrid();
        await grid.StartAsync(default);
        var id = await grid.Catalog.RegisterAsync($"request {appends}", default);
        await grid.Job(id).CreateAsync(Submission(appends), default);
        for (var shard = 0; shard < Shards; shard++)
        {
            await grid.Job(id).AdvanceAsync(shard, default);
        }

        await RestAsync(grid);
        _journal.AppendsLeft = appends;
        Assert.Equal(ControlOutcomeKind.Done, (await grid.Job(id).ControlAsync(JobControl.Cancel, default)).Kind);
        await RestAsync(grid);
        await grid.StopAsync(new CancellationToken(canceled: true));
        _journal.AppendsLeft = int.MaxValue;
        return id;
    }

    private static async Task RestAsync(EmbeddedGrid grid)
    {
        while (grid.HasNotices)
        {
            await Task.Yield();
        }
    }

    private static JobSubmission Submission(int number) => new()
    {
        RequestId = $"request {number}",
        Workload = "test",
        Package = BlobHasher.Of("package"u8),
        Parameters = System.Text.Json.JsonDocument.Parse("{}").RootElement,
        Units = Shards * (long)WorkGeometry.UnitsPerShard,
        MergeFanIn = 0,
    };

    private EmbeddedGrid NewGrid() => new(
        _journal, this, this, new EmbeddedGridOptions(), new FakeTimeProvider(), NullLogger<EmbeddedGrid>.Instance);
}
