using System.Collections.Concurrent;
using GridVolunteer.Coordination.Catalog;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// The grid in one process: every entity behind a mailbox of its own, one journal for all, one timer, one
/// outbox.
/// </summary>
public sealed class EmbeddedGrid : IGrid, IDisposable
{
    private readonly HostDirectory<int, JobCatalog> _catalogs;
    private readonly HostDirectory<JobId, Job> _jobs;
    private readonly HostDirectory<ShardId, WorkShard> _shards;
    private readonly ConcurrentDictionary<PeerId, VolunteerHost> _volunteers = new();
    private readonly EmbeddedGridOptions _options;
    private readonly EntityHostServices _services;
    private readonly NoticeOutbox _outbox;
    private readonly TickSchedule _ticks;
    private readonly IBrokerFeed _broker;

    /// <summary>
    /// A grid on a journal that the caller opens and, after <see cref="StopAsync"/>, closes.
    /// </summary>
    public EmbeddedGrid(
        IJournal journal,
        IEventSink events,
        IBrokerFeed broker,
        EmbeddedGridOptions options,
        TimeProvider clock,
        ILogger<EmbeddedGrid> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _broker = broker;
        _outbox = new NoticeOutbox(DeliverAsync, clock, logger);
        _ticks = new TickSchedule(clock, logger);
        _services = new EntityHostServices
        {
            Journal = journal,
            Outbox = _outbox,
            Events = events,
            Ticks = _ticks,
            Clock = clock,
            Logger = logger,
            Options = options.Hosts,
        };
        _catalogs = new(_ => EntityKey.Catalog, _ => new JobCatalog(), _services);
        _jobs = new(EntityKey.Of, id => new Job(id), _services);
        _shards = new(EntityKey.Of, id => new WorkShard(id), _services, broker.WorkAppeared);
        Catalog = new EmbeddedCatalog(_catalogs);
    }

    /// <inheritdoc/>
    public ICatalog Catalog { get; }

    /// <summary>Entities in memory, volunteers not counted.</summary>
    public int ResidentEntities => _catalogs.Count + _jobs.Count + _shards.Count;

    /// <summary>
    /// Rounds of the timer so far; with <see cref="HasNotices"/> it tells tests that the grid came to rest.
    /// </summary>
    internal long TimerRounds => _ticks.Rounds;

    /// <summary>Whether notices wait or are under way, those pausing after a failure not counted.</summary>
    internal bool HasNotices => _outbox.IsBusy;

    /// <inheritdoc/>
    public IJob Job(JobId id) => new EmbeddedJob(_jobs, id);

    /// <inheritdoc/>
    public IWorkShard Shard(ShardId id) => new EmbeddedShard(_shards, id, _broker);

    /// <inheritdoc/>
    public IVolunteer Volunteer(PeerId id) => _volunteers.TryGetValue(id, out var known)
        ? known
        : _volunteers.GetOrAdd(id, i => new VolunteerHost(i, _options.Volunteers, this, _services));

    /// <summary>
    /// Volunteers in memory with an id above <paramref name="after"/> (null: from the first), by id, at most
    /// <paramref name="limit"/>.
    /// </summary>
    public IReadOnlyList<PeerId> Volunteers(PeerId? after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return
        [
            .. _volunteers.Keys
                .Where(id => after is not { } a || (id.High, id.Low).CompareTo((a.High, a.Low)) > 0)
                .OrderBy(id => (id.High, id.Low))
                .Take(limit),
        ];
    }

    /// <summary>
    /// Starts the timer and the outbox, and loads the jobs that are not over: they open their shards again,
    /// those expect their volunteers, and work goes on. The time of absence counts for nobody.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The journal cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _outbox.Start();
        _ticks.Start(Sweep);
        var active = await Catalog.ActiveAsync(cancellationToken);
        foreach (var job in active)
        {
            await Job(job).SnapshotAsync(cancellationToken);
        }

        EngineLog.Resumed(_services.Logger, active.Count);
    }

    /// <summary>
    /// Stops the timer and delivers the notices that wait. Call it when no more calls come in; when
    /// <paramref name="cancellationToken"/> fires, the rest is left to the next start, which finds it.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ticks.StopAsync();
        await _outbox.StopAsync(cancellationToken);
    }

    /// <summary>
    /// Lets go of what the timer and the outbox hold; call it after <see cref="StopAsync"/>.
    /// </summary>
    public void Dispose()
    {
        _outbox.Dispose();
        _ticks.Dispose();
    }

    private void Sweep()
    {
        var isCrowded = ResidentEntities > _options.ResidentEntitiesMax;
        var idle = isCrowded ? _options.ClosedIdleLimit : _options.IdleLimit;
        _shards.Sweep(idle, _options.ClosedIdleLimit);
        _jobs.Sweep(idle, _options.ClosedIdleLimit);
        foreach (var entry in _volunteers)
        {
            // A call may hold it still; what that tells it, the volunteer's next heartbeat tells its
            // successor.
            if (entry.Value.IsForgettable && _volunteers.TryRemove(entry))
            {
                _ticks.Forget(entry.Value);
            }
        }
    }

    private async ValueTask DeliverAsync(Notice notice, CancellationToken cancellationToken)
    {
        switch (notice)
        {
            case OpenShardNotice open:
                await Shard(open.Plan.Shard).OpenAsync(open.Plan, cancellationToken);
                break;
            case EndShardNotice end:
                await Shard(end.Shard).EndAsync(cancellationToken);
                break;
            case ShardClosedNotice closed:
                await Job(closed.Summary.Shard.Job).ShardClosedAsync(closed.Summary, cancellationToken);
                break;
            case JobChangedNotice changed:
                await Catalog.NoteStateAsync(changed.Job, changed.State, cancellationToken);
                _broker.JobChanged(changed.Job, changed.State);
                break;
            case HoldersNotice holders:
                foreach (var holder in holders.Holders)
                {
                    await Volunteer(holder).ExpectAsync(holders.Shard, cancellationToken);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(notice), notice, "not a notice the engine knows");
        }
    }
}
