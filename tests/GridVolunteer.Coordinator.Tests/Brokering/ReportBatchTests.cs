using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Tests.Brokering;

/// <summary>Reports are handed over once each, whoever asks for them.</summary>
public sealed class ReportBatchTests
{
    private const int Reports = 64;

    [Fact]
    public async Task Reports_AskedForByManyAtOnce_AreHandedOverOnceEach()
    {
        for (var round = 0; round < 200; round++)
        {
            var batch = new ReportBatch([.. Enumerable.Range(0, Reports).Select(Report)]);
            for (var i = 0; i < Reports; i++)
            {
                batch.Accept(i);
            }

            using var together = new Barrier(2);
            var taken = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () => TakeAll(batch, together), CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
            Assert.Equal(Enumerable.Range(0, Reports), taken.SelectMany(indexes => indexes).Order());
            Assert.Empty(batch.Shards);
        }
    }

    private static List<int> TakeAll(ReportBatch batch, Barrier together)
    {
        together.SignalAndWait();
        var taken = new List<int>();
        while (batch.Shards is { Count: > 0 } shards)
        {
            batch.Take(shards[0], out var indexes);
            taken.AddRange(indexes);
        }

        return taken;
    }

    private static GrantReport Report(int shard) => new()
    {
        Grant = new GrantId(new ShardId(new JobId(1), 0, shard), 1),
        Runs = [new UnitRun(0, 1)],
        Results = ReadOnlyMemory<byte>.Empty,
    };
}
