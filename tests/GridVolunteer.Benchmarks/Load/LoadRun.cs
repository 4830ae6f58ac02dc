using System.Diagnostics;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// One load from an empty data folder to the audit: start the coordinator, enrol, submit, warm up, measure,
/// kill -9, start again, and read back everything that was acknowledged.
/// </summary>
/// <param name="options">What the load is made of.</param>
/// <param name="start">Starts the service on a data folder: the first time, and again after the kill.</param>
/// <param name="say">Takes progress, line by line.</param>
public sealed class LoadRun(
    LoadOptions options, Func<string, CancellationToken, Task<ILoadedService>> start, Action<string> say)
{
    private static readonly byte[] Package =
        "A package that nobody loads: these volunteers do not compute."u8.ToArray();

    private const double CompilingShareMax = 0.02;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs it and answers what it found; the data folder is removed.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.Folder, $"gridvolunteer-load-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            using var service = await start(folder, cancellationToken);
            var addresses = service.Grids.SelectMany(grid => grid.Addresses).ToArray();
            say($"Listening at {string.Join<Uri>(", ", addresses)} after {service.StartedIn.TotalSeconds:F1} s.");
            using var http = CoordinatorHttp.Create(addresses[0]);
            var submitters = service.Grids.Select(grid => new CoordinatorClient(
                http, grid.Addresses[0], new FixedToken(grid.OperatorToken), TimeProvider.System)).ToArray();
            IReadOnlyList<JobId> jobs = [];
            var submitMsMax = 0.0;
            foreach (var submitter in submitters)
            {
                // Coordinators that know nothing of each other number their jobs alike.
                (jobs, submitMsMax) = await SubmitAsync(submitter, cancellationToken);
            }

            var counters = new LoadCounters(jobs);
            var load = await LoadAsync(folder, service, addresses, http, submitters, counters, cancellationToken) with
            {
                SubmitMsMax = submitMsMax,
            };
            return options.Audit ? await AuditAsync(folder, counters, load, cancellationToken) : load;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(IReadOnlyList<JobId> Jobs, double SubmitMsMax)> SubmitAsync(
        CoordinatorClient submitter, CancellationToken cancellationToken)
    {
        var package = BlobHasher.Of(Package);
        await submitter.UploadBlobAsync(package, () => new MemoryStream(Package), cancellationToken);
        var (jobs, slowest) = (new List<JobId>(), TimeSpan.Zero);
        for (var i = 0; i < options.Jobs; i++)
        {
            var submission = new JobSubmission
            {
                RequestId = $"load-{i}",
                Workload = "Load",
                Package = package,
                Parameters = System.Text.Json.JsonDocument.Parse("{}").RootElement,
                Units = options.UnitsPerJob,
                MergeFanIn = 0,
                Quorum = options.Quorum,
                UnitSecondsEstimate = 0.001,
            };
            var began = Stopwatch.GetTimestamp();
            jobs.Add((await submitter.SubmitAsync(submission, cancellationToken)).JobId);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
        }

        say($"{options.Jobs} jobs of {options.UnitsPerJob:N0} units, each accepted in {slowest.TotalMilliseconds:F0} ms.");
        return (jobs, slowest.TotalMilliseconds);
    }

    private async Task<LoadReport> LoadAsync(
        string folder, ILoadedService service, IReadOnlyList<Uri> addresses, HttpClient http,
        IReadOnlyList<CoordinatorClient> viewers, LoadCounters counters, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var volunteers = Enumerable.Range(0, options.Agents)
            .Select(n => new LoadVolunteer(
                n, addresses[n % addresses.Count], http, options, counters)).ToArray();
        var intervals = await Task.WhenAll(volunteers.Select(v => v.EnrolAsync(cancellationToken)));
        var work = volunteers.Select(v => v.ExchangeAsync(stop.Token))
            .Concat(volunteers.Select((v, i) => v.BeatAsync(intervals[i], stop.Token))).ToArray();
        try
        {
            var measure = MeasureAsync(folder, service, viewers, counters, cancellationToken);
            if (await Task.WhenAny([measure, .. work]) != measure)
            {
                // Volunteers end only by a fault: it says what went wrong.
                await await Task.WhenAny(work);
            }

            var report = await measure;

            // The kill comes in the middle of exchanges, as a crash would.
            await service.KillAsync();
            return report;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default);
            Array.ForEach(volunteers, v => v.Dispose());
        }
    }

    private async Task<LoadReport> MeasureAsync(
        string folder, ILoadedService service, IReadOnlyList<CoordinatorClient> viewers, LoadCounters counters,
        CancellationToken cancellationToken)
    {
        await WarmUpAsync(service, cancellationToken);
        var from = await SampleAsync();
        counters.BeginMeasuring();
        var until = from;
        while (until.At - from.At < options.Measured && until.Validated < viewers.Count * options.Jobs * options.UnitsPerJob)
        {
            var left = options.Measured - (until.At - from.At);
            await Task.Delay(left < SampleInterval ? left : SampleInterval, cancellationToken);
            var now = await SampleAsync();
            var rate = (now.Validated - until.Validated) / (now.At - until.At).TotalSeconds;
            say($"{rate,12:N0} units/s   {PeakMemoryBytes(service) >> 20,5} MiB at most");
            until = now;
        }

        var seconds = (until.At - from.At).TotalSeconds;
        return new LoadReport
        {
            UnitsPerSecond = Math.Round((until.Validated - from.Validated) / seconds),
            Seconds = Math.Round(seconds, 1),
            Jobs = options.Jobs,
            Agents = options.Agents,
            Batch = options.Batch,
            Quorum = options.Quorum,
            UnitsByJob = [.. until.ByJob.Zip(from.ByJob, (after, before) => after - before)],
            ExchangesPerSecond = Math.Round((until.Exchanges - from.Exchanges) / seconds),
            LeaseLatencyMsP50 = Math.Round(counters.Leases.QuantileMs(0.5), 1),
            LeaseLatencyMsP99 = Math.Round(counters.Leases.QuantileMs(0.99), 1),
            ReportLatencyMsP50 = Math.Round(counters.Reports.QuantileMs(0.5), 1),
            ReportLatencyMsP99 = Math.Round(counters.Reports.QuantileMs(0.99), 1),
            JournalBytesPerUnit = Math.Round((double)SizeOf(folder) / until.Validated, 1),
            WrittenBytesPerUnit = Math.Round((double)Sum(service, p => p.WrittenBytes) / until.Validated, 1),
            PeakMemoryMiB = Math.Round(PeakMemoryBytes(service) / (1024.0 * 1024), 1),
            Parts = [.. service.Parts.Select((part, i) => Cost(part.Name, from, until, i))],
            LoadProcessors = Math.Round((until.Load - from.Load).TotalSeconds / seconds, 2),
            UnitsPerJob = options.UnitsPerJob,
        };

        async Task<Sample> SampleAsync()
        {
            var views = await Task.WhenAll(viewers.SelectMany(
                viewer => counters.Acknowledged.Keys.Select(j => viewer.JobAsync(j, cancellationToken))));
            return new Sample(
                Stopwatch.GetElapsedTime(0), [.. views.Select(v => v.UnitsValidated)], counters.Exchanges,
                [.. service.Parts.Select(p => p.ProcessorTimes)], [.. service.Parts.Select(p => p.CompilerTime)],
                Process.GetCurrentProcess().TotalProcessorTime);
        }
    }

    /// <summary>
    /// A unit costs several times as much until the code it runs through has been compiled to its final form, and
    /// on busy processors that takes a minute and more. A service runs for months: what is measured is the rest.
    /// </summary>
    private async Task WarmUpAsync(ILoadedService service, CancellationToken cancellationToken)
    {
        say($"{options.Agents} volunteers exchange; warm-up of {options.WarmUp.TotalSeconds:F0} s.");
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(options.WarmUp, cancellationToken);
        var share = 1.0;
        while (share > CompilingShareMax && Stopwatch.GetElapsedTime(began) < options.WarmUpMax)
        {
            var (compiler, all) = Times();
            await Task.Delay(SampleInterval, cancellationToken);
            var (compilerLater, allLater) = Times();
            share = (compilerLater - compiler) / (allLater - all);
            say($"{share,12:P1} of the processor time went into compiling.");
        }

        (TimeSpan Compiler, TimeSpan All) Times() => (
            TimeSpan.FromTicks(service.Parts.Sum(p => p.CompilerTime.Ticks)),
            TimeSpan.FromTicks(service.Parts.SelectMany(p => p.ProcessorTimes).Sum(t => t.Ticks)));
    }

    private async Task<LoadReport> AuditAsync(
        string folder, LoadCounters counters, LoadReport report, CancellationToken cancellationToken)
    {
        using var service = await start(folder, cancellationToken);
        var address = service.Grids[0].Addresses[0];
        using var http = CoordinatorHttp.Create(address);
        say($"Killed; up again after {service.StartedIn.TotalSeconds:F1} s. Reading every result back.");
        var audits = counters.Acknowledged
            .Select(j => new ResultAudit(j.Key, j.Value, options.Quorum)).ToArray();
        foreach (var audit in audits)
        {
            await audit.RunAsync(http, address, cancellationToken);
        }

        await service.KillAsync();
        return report with
        {
            IsAudited = true,
            RestartSeconds = Math.Round(service.StartedIn.TotalSeconds, 2),
            UnitsAcknowledged = counters.Acknowledged.Values.Sum(a => a.CountAtLeast(options.Quorum)),
            UnitsVerified = audits.Sum(a => a.Valid),
            UnitsMissing = audits.Sum(a => a.Missing),
            UnitsWrong = audits.Sum(a => a.Wrong),
        };
    }

    private static PartCost Cost(string name, Sample from, Sample until, int part)
    {
        var seconds = (until.At - from.At).TotalSeconds;
        var used = until.Parts[part].Zip(from.Parts[part], (after, before) => (after - before).TotalSeconds)
            .ToArray();
        var units = until.Validated - from.Validated;

        // A compiler that had nothing to do for a while ends, and its time with it.
        var compiling = Math.Max(0, (until.Compilers[part] - from.Compilers[part]).TotalSeconds);
        return new PartCost(
            name, Math.Round(used.Sum() * 1e6 / units, 3), Math.Round(compiling * 1e6 / units, 3),
            [.. used.Select(u => Math.Round(u / seconds, 2))]);
    }

    private static long PeakMemoryBytes(ILoadedService service) => Sum(service, p => p.PeakMemoryBytes);

    private static long Sum(ILoadedService service, Func<ServiceProcess, long> fact) =>
        service.Parts.Sum(part => part.Processes.Sum(fact));

    private static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    private sealed record Sample(
        TimeSpan At, IReadOnlyList<long> ByJob, long Exchanges, IReadOnlyList<IReadOnlyList<TimeSpan>> Parts,
        IReadOnlyList<TimeSpan> Compilers, TimeSpan Load)
    {
        public long Validated => ByJob.Sum();
    }
}
