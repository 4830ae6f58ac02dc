using System.Diagnostics;
using GridVolunteer.Benchmarks.Load;
using GridVolunteer.Protocol.Client;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>
/// Many volunteers that have nothing to do but say that they live: what memory each takes in the service, and what
/// processor time each heartbeat. They beat one after the other on few connections, as fast as it goes.
/// </summary>
/// <param name="options">What the load is made of; only the number of volunteers and the times count.</param>
/// <param name="start">Starts the service on a data folder.</param>
/// <param name="say">Takes progress, line by line.</param>
internal sealed class BeatRun(
    LoadOptions options, Func<string, CancellationToken, Task<ILoadedService>> start, Action<string> say)
{
    private const int AtOnce = 32;

    /// <summary>Runs it and answers what it found; the data folder is removed.</summary>
    public async Task<BeatReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(
            Path.Combine(options.Folder, $"gridvolunteer-beats-{Guid.NewGuid():N}")).FullName;
        LoadVolunteer[] volunteers = [];
        try
        {
            using var service = await start(folder, cancellationToken);
            var addresses = service.Grids.SelectMany(grid => grid.Addresses).ToArray();
            using var http = CoordinatorHttp.Create(addresses[0]);
            var counters = new LoadCounters([]);
            volunteers = [.. Enumerable.Range(0, options.Agents).Select(n => new LoadVolunteer(
                n, addresses[n % addresses.Length], http, options, counters))];

            // The first make it load and compile what it needs for any: that is not theirs.
            var first = volunteers.Length / 10;
            await BeatAsync(volunteers[..first], cancellationToken);
            await BeatForAsync(options.WarmUp, volunteers[..first], cancellationToken);
            var few = Memory(service);
            await BeatAsync(volunteers[first..], cancellationToken);
            say($"{volunteers.Length:N0} volunteers introduced themselves; {few >> 20} MiB before, {Memory(service) >> 20} after.");

            var (began, used) = (Stopwatch.GetTimestamp(), Times(service));
            var beats = await BeatForAsync(options.Measured, volunteers, cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var parts = Times(service).Zip(used, (after, before) => after - before);
            var many = Memory(service);
            await service.KillAsync();
            return new BeatReport(
                volunteers.Length, addresses.Length, beats, beats / seconds,
                [.. parts.Select(time => time.TotalMicroseconds / beats)], (many - few) / (volunteers.Length - first));
        }
        finally
        {
            Array.ForEach(volunteers, volunteer => volunteer.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task BeatAsync(IEnumerable<LoadVolunteer> volunteers, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(
            volunteers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (volunteer, stop) => await volunteer.EnrolAsync(stop));

    /// <summary>All of them, again and again; answers how many heartbeats that were.</summary>
    private static async Task<long> BeatForAsync(
        TimeSpan time, LoadVolunteer[] volunteers, CancellationToken cancellationToken)
    {
        var (began, beats) = (Stopwatch.GetTimestamp(), 0L);
        await BeatAsync(Endless().TakeWhile(_ => Stopwatch.GetElapsedTime(began) < time), cancellationToken);
        return beats;

        IEnumerable<LoadVolunteer> Endless()
        {
            for (; ; beats++)
            {
                yield return volunteers[beats % volunteers.Length];
            }
        }
    }

    private static IReadOnlyList<TimeSpan> Times(ILoadedService service) =>
        [.. service.Parts.Select(part => TimeSpan.FromTicks(part.ProcessorTimes.Sum(time => time.Ticks)))];

    private static long Memory(ILoadedService service) =>
        service.Parts.Sum(part => part.Processes.Sum(process => process.MemoryBytes));
}
