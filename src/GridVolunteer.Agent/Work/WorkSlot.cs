using GridVolunteer.Agent.Jobs;
using GridVolunteer.Agent.Worker;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Work;

/// <summary>
/// One place where units are computed: takes batches from the ledger, keeps a worker process for the job at hand, and
/// gives it the next batch just before it runs out. A slot for urgent work takes nothing else.
/// </summary>
internal sealed partial class WorkSlot : IAsyncDisposable
{
    /// <summary>A batch that ends this soon does not keep the next one from being sent.</summary>
    private const double AheadSeconds = 0.1;

    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(5);

    private readonly WorkLedger _ledger;
    private readonly JobStore _jobs;
    private readonly MergeFetcher _merges;
    private readonly SlotSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private volatile WorkerProcess? _worker;
    private JobFiles? _workerFiles;

    public WorkSlot(
        WorkLedger ledger, JobStore jobs, MergeFetcher merges, SlotSettings settings, TimeProvider time, ILogger log)
    {
        _ledger = ledger;
        _jobs = jobs;
        _merges = merges;
        _settings = settings;
        _time = time;
        _log = log;
    }

    /// <summary>True while it waits for work.</summary>
    public bool IsIdle { get; private set; } = true;

    /// <summary>Serves until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var changed = _ledger.WorkChanged.Next;
            if (_worker is { } worker)
            {
                await worker.WaitForRoomAsync(AheadSeconds, cancellation);
            }

            if (_ledger.Take(_worker?.Job, _settings.UrgentOnly) is { } batch)
            {
                IsIdle = false;
                await ServeAsync(batch, cancellation);
                continue;
            }

            await WaitAsync(changed, cancellation);
        }
    }

    /// <summary>Ends the worker when it computes this batch: nobody wants the result.</summary>
    public void EndIfAt(UnitBatch batch) => _worker?.EndIfAt(batch.Id);

    /// <summary>Ends the worker.</summary>
    public async ValueTask DisposeAsync() => await EndWorkerAsync();

    /// <summary>Waits for more work, or for the worker to get on; one that has nothing to do for long is ended.</summary>
    private async Task WaitAsync(Task changed, CancellationToken cancellation)
    {
        if (_worker is not { } worker)
        {
            IsIdle = true;
            await changed.WaitAsync(cancellation);
            return;
        }

        var progress = worker.NextProgress();
        if (!worker.HasRoom(0))
        {
            await Task.WhenAny(changed, progress, worker.Ended).WaitAsync(cancellation);
            return;
        }

        IsIdle = true;
        try
        {
            await Task.WhenAny(changed, worker.Ended).WaitAsync(_settings.IdleWorkerLimit, _time, cancellation);
        }
        catch (TimeoutException)
        {
            await EndWorkerAsync();
        }
    }

    private async Task ServeAsync(UnitBatch batch, CancellationToken cancellation)
    {
        var sent = false;
        try
        {
            sent = await TryServeAsync(batch, cancellation);
        }
        catch (JobTroubleException trouble)
        {
            sent = true;
            LogUnitTrouble(batch.Job, trouble.Message);
            _ledger.Fail(batch, trouble.Kind, trouble.Message);
        }
        catch (WorkloadLoadException fault)
        {
            sent = true;
            var message = Cut(fault.Message);
            _ledger.Fail(batch, UnitFailureKind.CannotLoad, message);
            _jobs.NoteTrouble(batch.Job, new JobTroubleException(UnitFailureKind.CannotLoad, message, fault));
        }
        catch (Exception fault) when (fault is WorkerStartException or IOException or UnauthorizedAccessException)
        {
            LogCannotStart(fault.Message);
            _ledger.GiveUp(batch);
            sent = true;
            await Task.Delay(PauseAfterTrouble, _time, cancellation);
        }
        finally
        {
            if (!sent)
            {
                _ledger.GiveUp(batch);
            }
        }
    }

    /// <summary>False when the job's files went away meanwhile.</summary>
    private async Task<bool> TryServeAsync(UnitBatch batch, CancellationToken cancellation)
    {
        if (_jobs.Find(batch.Job) is not { } files)
        {
            _jobs.Ensure(batch.Job);
            return false;
        }

        if (batch.Level == 0)
        {
            var message = new ComputeMessage
            {
                Batch = batch.Id,
                Runs = batch.Runs,
                Inputs = batch.Inputs,
                Checkpoint = _ledger.CheckpointOf(batch),
            };
            var worker = await WorkerForAsync(files, cancellation);
            await worker.SendAsync(batch, message.Write, cancellation);
            return true;
        }

        var (merge, leases) = await _merges.FetchAsync(batch, files.Recipe, cancellation);
        try
        {
            var worker = await WorkerForAsync(files, cancellation);
            await worker.SendAsync(batch, merge.Write, cancellation);
            await worker.WaitForRoomAsync(0, cancellation);
            return true;
        }
        finally
        {
            foreach (var lease in leases)
            {
                lease.Dispose();
            }
        }
    }

    private async Task<WorkerProcess> WorkerForAsync(JobFiles files, CancellationToken cancellation)
    {
        if (_worker is { } warm)
        {
            if (_workerFiles == files && !warm.Ended.IsCompleted)
            {
                return warm;
            }

            await EndWorkerAsync();
        }

        var folder = _settings.FreshFolder();
        var recipe = files.Recipe;
        var job = new WorkerJob(recipe.Job, LimitOf(recipe), new OpenMessage
        {
            PackageFolder = files.PackageFolder,
            ScratchFolder = folder.Scratch,
            ResultFolder = folder.Results,
            Parameters = recipe.Parameters,
            Inputs = files.Inputs,
            Seed = recipe.Seed,
            ResultSizeBytesMax = recipe.ResultSizeBytesMax,
            CheckpointInterval = _settings.CheckpointInterval,
        });
        _worker = await WorkerProcess.StartAsync(_settings.Command, job, _ledger, _time, cancellation);
        _workerFiles = files;
        return _worker;
    }

    private async Task EndWorkerAsync()
    {
        if (_worker is { } worker)
        {
            (_worker, _workerFiles) = (null, null);
            await worker.DisposeAsync();
            _settings.RemoveFolder();
        }
    }

    private static TimeSpan LimitOf(JobRecipe recipe) =>
        TimeSpan.FromSeconds(Math.Clamp(recipe.UnitTimeLimitSeconds, 0.001, TimeSpan.FromDays(30).TotalSeconds));

    private static string Cut(string message) =>
        message.Length > UnitOutcome.MessageLengthMax ? message[..UnitOutcome.MessageLengthMax] : message;
}
