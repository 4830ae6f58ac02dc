using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// Keeps the broker's book fresh and lets one caller at a time use it. A stored task asks jobs and shards
/// anew when the engine says that they changed, and once a second those that were not heard of; when
/// something to give turns up, it wakes requests that wait.
/// </summary>
/// <param name="backend">Where jobs and shards are asked, and which are near.</param>
/// <param name="queue">What the engine says has changed.</param>
/// <param name="polls">Who waits.</param>
/// <param name="jobs">Remembers what never changes about jobs.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">For failures.</param>
public sealed partial class HintKeeper(
    IGridBackend backend, HintQueue queue, PollDesk polls, JobFactsCache jobs, TimeProvider clock,
    ILogger<HintKeeper> logger)
    : IAsyncDisposable
{
    /// <summary>How many are woken at news; who then finds more than it takes wakes further ones.</summary>
    public const int WokenAtNews = 16;

    /// <summary>How many are woken each second while the book has work, for what hints cannot tell.</summary>
    public const int WokenEachRound = 64;

    private static readonly TimeSpan Round = BrokerBook.HintAgeMax;

    private readonly Lock _lock = new();
    private readonly BrokerBook _book = new(backend.IsNear);
    private readonly CancellationTokenSource _stop = new();
    private Task _rounds = Task.CompletedTask;

    /// <summary>Reads which jobs are not over, and starts keeping.</summary>
    /// <exception cref="StorageUnavailableException">They cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var job in await backend.Grid.Catalog.ActiveAsync(cancellationToken))
        {
            await RefreshAsync(new StaleHint(job, null));
        }

        _rounds = RunAsync(_stop.Token);
    }

    /// <summary>Where to look for work for a volunteer, or null.</summary>
    public Choice? Choose(VolunteerBrief brief, WorkWanted wanted, PeerId peer, BrokerSkips skips)
    {
        lock (_lock)
        {
            return _book.Choose(brief, wanted, peer, skips, clock.GetUtcNow());
        }
    }

    /// <summary>The choice led to nothing.</summary>
    public void NothingAt(Choice choice, BrokerSkips skips)
    {
        lock (_lock)
        {
            _book.NothingAt(choice, skips);
        }
    }

    /// <summary>The choice led to a grant.</summary>
    public void Served(Choice choice, int units)
    {
        lock (_lock)
        {
            _book.Served(choice, units);
        }
    }

    /// <summary>A job was asked to open a shard.</summary>
    public void NoteAdvance(JobId job, ShardPlan? plan)
    {
        bool isNews;
        lock (_lock)
        {
            isNews = _book.NoteAdvance(job, plan);
        }

        if (plan is null)
        {
            // The job knows of more than the book does.
            queue.JobChanged(job);
        }

        Tell(isNews);
    }

    /// <summary>A shard said how it stands.</summary>
    public void NoteStatus(ShardStatus status)
    {
        bool isNews;
        lock (_lock)
        {
            isNews = _book.NoteStatus(status, clock.GetUtcNow());
        }

        Tell(isNews);
    }

    /// <summary>A job was submitted or controlled here: brokers should know at once.</summary>
    public ValueTask NoteJobAsync(JobId job) => RefreshAsync(new StaleHint(job, null));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
            await _rounds;
            _stop.Dispose();
        }
    }

    private void Tell(bool isNews)
    {
        if (isNews)
        {
            polls.Wake(WokenAtNews);
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var nextRound = clock.GetUtcNow() + Round;
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(nextRound - clock.GetUtcNow(), stop);
            IReadOnlyList<StaleHint> stale = queue.Take();
            var isRound = clock.GetUtcNow() >= nextRound;
            if (isRound)
            {
                nextRound = clock.GetUtcNow() + Round;
                lock (_lock)
                {
                    stale = [.. stale, .. _book.Stale(clock.GetUtcNow())];
                }
            }

            foreach (var hint in stale)
            {
                await TryRefreshAsync(hint, stop);
            }

            if (stale.Any(hint => hint.Shard is not null) || isRound)
            {
                // That a shard has something is no news while its job had something else; who waits may want
                // just this.
                polls.Wake(isRound ? WokenEachRound : WokenAtNews);
            }
        }
    }

    private async Task WaitAsync(TimeSpan limit, CancellationToken stop)
    {
        if (limit > TimeSpan.Zero)
        {
            await queue.WhenAny().WaitAsync(limit, clock, stop).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryRefreshAsync(StaleHint hint, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await RefreshAsync(hint);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            // Recovered: the hint stays old, and the next round asks again. One job's fault must not stop the
            // others.
            LogRefreshFailed(e, hint.Job);
        }
    }

    private async ValueTask RefreshAsync(StaleHint hint)
    {
        if (hint.Shard is { } shard)
        {
            NoteStatus(await backend.Grid.Shard(shard).StatusAsync(_stop.Token));
            return;
        }

        var snapshot = await backend.Grid.Job(hint.Job).SnapshotAsync(_stop.Token);
        bool isNews;
        lock (_lock)
        {
            if (snapshot is null)
            {
                _book.Forget(hint.Job);
                return;
            }

            isNews = _book.Note(snapshot, clock.GetUtcNow());
        }

        jobs.Note(snapshot);
        Tell(isNews);
    }
}
