using System.Text.Json;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Jobs;

/// <summary>
/// The jobs whose units this agent holds: fetches what they need as soon as it is known that they come, keeps it while it is
/// used and a while longer, and remembers for a minute which ones cannot be computed here. Safe for concurrent use.
/// </summary>
internal sealed partial class JobStore : IAsyncDisposable
{
    private const int IdleJobsMax = 16;
    private static readonly TimeSpan TroubleLife = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, StoredJob> _jobs = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly JobFetcher _fetcher;
    private readonly IJobEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long _uses;

    public JobStore(JobFetcher fetcher, IJobEvents events, TimeProvider time, ILogger log)
    {
        _fetcher = fetcher;
        _events = events;
        _time = time;
        _log = log;
    }

    /// <summary>Units of the job have come: its files are fetched unless they are here, and then it is told to be ready.</summary>
    public void Ensure(JobId job)
    {
        JobTroubleException? trouble;
        lock (_gate)
        {
            var stored = Touch(job);
            trouble = stored.Trouble is { } known && _time.GetElapsedTime(stored.TroubleSince) < TroubleLife ? known : null;
            if (trouble is null && stored.Files is null)
            {
                stored.Trouble = null;
                stored.Fetch ??= FetchAsync(stored);
            }
        }

        if (trouble is not null)
        {
            _events.CannotCompute(job, trouble.Kind, trouble.Message);
        }
    }

    /// <summary>The job's files, or null when they are not here (yet).</summary>
    public JobFiles? Find(JobId job)
    {
        lock (_gate)
        {
            return _jobs.TryGetValue(job, out var stored) ? Touch(job).Files ?? stored.Files : null;
        }
    }

    /// <summary>The job turned out to be unusable here; units that come within a minute fail at once.</summary>
    public void NoteTrouble(JobId job, JobTroubleException trouble)
    {
        lock (_gate)
        {
            var stored = Touch(job);
            stored.Trouble = trouble;
            stored.TroubleSince = _time.GetTimestamp();
        }

        LogTrouble(job, trouble.Message);
        _events.CannotCompute(job, trouble.Kind, trouble.Message);
    }

    /// <summary>
    /// The coordinator may be another one behind the same address: each job's recipe is asked for again, and what does not
    /// match is let go of. A job whose recipe is the same stays as it is, its workers warm.
    /// </summary>
    public void Revalidate()
    {
        lock (_gate)
        {
            foreach (var stored in _jobs.Values.Where(j => j.Files is not null && j.Fetch is null))
            {
                stored.Fetch = FetchAsync(stored);
            }
        }
    }

    /// <summary>Lets go of the jobs longest unused that are not <paramref name="inUse"/>, when there are many.</summary>
    public void Trim(IReadOnlySet<JobId> inUse)
    {
        List<StoredJob> idle;
        lock (_gate)
        {
            idle = [.. _jobs.Values.Where(j => j.Fetch is null && !inUse.Contains(j.Job))
                .OrderByDescending(j => j.LastUse).Skip(IdleJobsMax)];
            foreach (var job in idle)
            {
                _jobs.Remove(job.Job);
            }
        }

        foreach (var job in idle)
        {
            _events.Gone(job.Job);
            job.Files?.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] fetches;
        lock (_gate)
        {
            fetches = [.. _jobs.Values.Select(j => j.Fetch).OfType<Task>()];
        }

        await Task.WhenAll(fetches);
        foreach (var job in _jobs.Values)
        {
            job.Files?.Dispose();
        }

        _stopping.Dispose();
    }

    private StoredJob Touch(JobId job)
    {
        if (!_jobs.TryGetValue(job, out var stored))
        {
            stored = new StoredJob(job);
            _jobs.Add(job, stored);
        }

        stored.LastUse = ++_uses;
        return stored;
    }

    private async Task FetchAsync(StoredJob stored)
    {
        // Off the caller's lock.
        await Task.Yield();
        try
        {
            var files = await _fetcher.FetchAsync(stored.Job, _stopping.Token);
            Arrived(stored, files);
        }
        catch (JobTroubleException trouble)
        {
            JobFiles? old;
            lock (_gate)
            {
                (stored.Fetch, old, stored.Files) = (null, stored.Files, null);
            }

            _events.Gone(stored.Job);
            old?.Dispose();
            NoteTrouble(stored.Job, trouble);
        }
        catch (OperationCanceledException)
        {
            // The agent stops.
        }
    }

    private void Arrived(StoredJob stored, JobFiles files)
    {
        JobFiles? old;
        bool changed;
        lock (_gate)
        {
            stored.Fetch = null;
            old = stored.Files;
            changed = old is null || !IsSame(old.Recipe, files.Recipe);
            if (changed)
            {
                stored.Files = files;
                stored.Trouble = null;
            }
        }

        if (!changed)
        {
            files.Dispose();
            return;
        }

        if (old is not null)
        {
            _events.Changed(stored.Job);
            old.Dispose();
        }

        LogReady(stored.Job, files.Recipe.Workload);
        _events.Ready(stored.Job);
    }

    private static bool IsSame(JobRecipe one, JobRecipe other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, ProtocolJson.Default.JobRecipe).AsSpan().SequenceEqual(
            JsonSerializer.SerializeToUtf8Bytes(other, ProtocolJson.Default.JobRecipe));
}
