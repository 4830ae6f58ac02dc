using System.Diagnostics;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.StorageProbe;

/// <summary>
/// Measures the storage alone: entities append side by side, each its next turn when the last is durable.
/// </summary>
internal static class Load
{
    public static async Task RunAsync(
        SqliteStorage storage, int entities, TimeSpan duration, int rowSizeBytes)
    {
        await RunForAsync(storage, entities, TimeSpan.FromSeconds(1), rowSizeBytes, 0);
        var latencies = new List<double>[entities];
        var before = storage.Counters;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        latencies = await RunForAsync(storage, entities, duration, rowSizeBytes, entities);
        var seconds = clock.Elapsed.TotalSeconds;
        var cores = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / seconds;
        var after = storage.Counters;
        var sorted = latencies.SelectMany(l => l).Order().ToArray();
        var turns = after.Turns - before.Turns;
        Console.WriteLine(
            $"{turns / seconds:F0} turns/s, {(after.SizeBytes - before.SizeBytes) / seconds / 1e6:F1} MB/s, " +
            $"{(double)turns / (after.Commits - before.Commits):F1} turns/commit, {cores:F2} cores, " +
            $"p50 {sorted[sorted.Length / 2]:F2} ms, p99 {sorted[sorted.Length * 99 / 100]:F2} ms, max {sorted[^1]:F1} ms");
    }

    private static Task<List<double>[]> RunForAsync(
        SqliteStorage storage, int entities, TimeSpan duration, int rowSizeBytes, int first) =>
        Task.WhenAll(
            Enumerable.Range(first, entities).Select(e => AppendAsync(storage, e, duration, rowSizeBytes)));

    private static async Task<List<double>> AppendAsync(
        SqliteStorage storage, int entity, TimeSpan duration, int rowSizeBytes)
    {
        var key = EntityKey.Of(new ShardId(new JobId(1), 0, entity));
        var packed = new byte[rowSizeBytes];
        new Random(entity).NextBytes(packed);
        var journalled = packed.AsMemory(0, 120);
        var latencies = new List<double>();
        var clock = Stopwatch.StartNew();
        for (var version = 0L; clock.Elapsed < duration; version++)
        {
            var began = clock.Elapsed;
            ReadOnlyMemory<byte>? snapshot = version % 2000 == 1999 ? new byte[200_000] : null;
            var row = new ResultRow(version + 1, [new UnitRun(version * 100, 100)], packed);
            await storage.AppendAsync(key, new JournalPosition(version), new TurnRecord(journalled, [row], snapshot));
            latencies.Add((clock.Elapsed - began).TotalMilliseconds);
        }

        return latencies;
    }
}
