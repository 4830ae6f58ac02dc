using GridVolunteer.Agent.Blobs;
using GridVolunteer.Agent.Hosting;
using GridVolunteer.Agent.Identity;
using GridVolunteer.Agent.Jobs;
using GridVolunteer.Agent.Link;
using GridVolunteer.Agent.Results;
using GridVolunteer.Agent.Work;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent;

/// <summary>The parts of one running agent, how they hang together, and in which order they stop.</summary>
internal sealed class AgentParts : IAsyncDisposable
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromMinutes(1);

    private readonly AgentOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CoordinatorLink _link;
    private readonly WorkLedger _ledger;
    private readonly JobStore _jobs;
    private readonly HeartbeatLoop _heartbeat;
    private readonly ExchangeLoop _exchange;
    private readonly UploadLoop _uploads;
    private readonly IReadOnlyList<WorkSlot> _slots;

    public AgentParts(
        AgentOptions options, DataFolder folder, CoordinatorClient client, string session, ILoggerFactory logs, TimeProvider time)
    {
        _options = options;
        _time = time;
        _log = logs.CreateLogger("Agent");
        _link = new CoordinatorLink(client, time, _log);
        var cache = new BlobCache(folder.Blobs, options.CacheSizeBytesMax, FetchAsync);
        var fetcher = new JobFetcher(_link, cache, folder.Jobs, folder.Packages);
        fetcher.RemoveOrphans();
        cache.Removed = fetcher.RemovePackage;
        var results = new ResultBlobs(folder.ResultBlobs, _link, cache);
        _ledger = new WorkLedger(
            new BufferPolicy { Threads = options.Threads }, WorkSpool.Open(folder.Spool),
            new CheckpointStore(folder.Checkpoints), results, time, _log);
        _jobs = new JobStore(fetcher, _ledger, time, _log);
        var host = new HostFactsReader(options.Threads, folder.Root, time);
        _heartbeat = new HeartbeatLoop(_link, _ledger, host, options.Name, time);
        _exchange = new ExchangeLoop(_link, _ledger, IntroduceAsync, session, time, _log);
        _uploads = new UploadLoop(_ledger, results);
        var merges = new MergeFetcher(_link, cache);
        _slots = [.. Enumerable.Range(0, options.Threads + 1).Select(i => NewSlot(i, folder, merges))];
        _ledger.JobNeeded = _jobs.Ensure;
        _ledger.Pointless = batch => _slots.ToList().ForEach(s => s.EndIfAt(batch));
        _ledger.UrgentSlotFree = () => _slots[^1].IsIdle;
    }

    /// <summary>Runs until cancelled, then says goodbye; or until a part fails.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var job in _ledger.JobsHeld)
        {
            _jobs.Ensure(job);
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> running =
        [
            TalkAsync(stopping.Token),
            _uploads.RunAsync(stopping.Token),
            TellStatusAsync(stopping.Token),
            .. _slots.Select(s => s.RunAsync(stopping.Token)),
        ];
        var first = await Task.WhenAny(running);
        await stopping.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var slot in _slots)
        {
            await slot.DisposeAsync();
        }

        if (!cancellation.IsCancellationRequested)
        {
            await first;
        }

        await SayGoodbyeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var slot in _slots)
        {
            await slot.DisposeAsync();
        }

        await _jobs.DisposeAsync();
        _heartbeat.Dispose();
        _ledger.Dispose();
    }

    private async Task TalkAsync(CancellationToken cancellation)
    {
        await _heartbeat.IntroduceAsync(cancellation);
        AgentLog.Connected(_log, _link.Coordinator);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> both = [_heartbeat.RunAsync(stopping.Token), _exchange.RunAsync(stopping.Token)];
        var first = await Task.WhenAny(both);
        await stopping.CancelAsync();
        await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    /// <summary>The coordinator has lost its memory of this agent; perhaps it is another one altogether.</summary>
    private async Task IntroduceAsync(CancellationToken cancellation)
    {
        await _heartbeat.IntroduceAsync(cancellation);
        _jobs.Revalidate();
    }

    private async Task SayGoodbyeAsync()
    {
        using var limit = new CancellationTokenSource(_options.GoodbyeLimit, _time);
        try
        {
            var returned = _ledger.Close();
            await _exchange.SayLastAsync(returned, limit.Token);
            await _heartbeat.SayGoodbyeAsync(limit.Token);
            AgentLog.Goodbye(_log, returned.Count);
        }
        catch (Exception fault) when (fault is OperationCanceledException or CoordinatorProblemException)
        {
            AgentLog.GoodbyeUnheard(_log);
        }
    }

    private async Task TellStatusAsync(CancellationToken cancellation)
    {
        var last = default(WorkCounts);
        while (true)
        {
            await Task.Delay(StatusInterval, _time, cancellation);
            _jobs.Trim(_ledger.JobsHeld);
            var now = _ledger.Counts;
            if (now != last)
            {
                AgentLog.Status(_log, now.Computed, now.Failed, now.Running, now.Waiting, now.Unacknowledged);
                last = now;
            }
        }
    }

    private Task FetchAsync(BlobId blob, Stream destination, CancellationToken cancellation) => _link.CallAsync(
        async (client, token) =>
        {
            // A try that failed half way has left bytes.
            destination.Position = 0;
            destination.SetLength(0);
            await client.DownloadBlobAsync(blob, destination, token);
        },
        cancellation);

    private WorkSlot NewSlot(int index, DataFolder folder, MergeFetcher merges)
    {
        var isUrgent = index == _options.Threads;
        var path = Path.Combine(folder.Scratch, isUrgent ? "urgent" : $"{index}");
        var settings = new SlotSettings(
            _options.Worker, path, isUrgent, _options.IdleWorkerLimit, _options.CheckpointInterval);
        return new WorkSlot(_ledger, _jobs, merges, settings, _time, _log);
    }
}
