using System.Collections.Concurrent;
using GridVolunteer.Coordination.Catalog;
using GridVolunteer.Coordination.Contracts;
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
    private const int TheCatalog = 0;

    private readonly HostDirectory<int, JobCatalog> _catalogs;
    private readonly HostDirectory<JobId, Job> _jobs;
    private readonly HostDirectory<ShardId, WorkShard> _shards;
    private readonly ConcurrentDictionary<PeerId, VolunteerHost> _volunteers = new();
    private readonly EmbeddedGridOptions _options;
    private readonly GridEngine _engine;
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
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _broker = broker;
        _engine = new GridEngine(this, journal, events, broker, options.Hosts, clock, logger);
        _catalogs = new(_ => EntityKey.Catalog, _ => new JobCatalog(), _engine.Services);
        _jobs = new(EntityKey.Of, id => new Job(id), _engine.Services);
        _shards = new(EntityKey.Of, id => new WorkShard(id), _engine.Services, broker.WorkAppeared);
        Catalog = new HostedCatalog(_catalogs.Mailbox(TheCatalog));
    }

    /// <inheritdoc/>
    public ICatalog Catalog { get; }

    /// <summary>Entities in memory, volunteers not counted.</summary>
    public int ResidentEntities => _catalogs.Count + _jobs.Count + _shards.Count;

    /// <inheritdoc cref="GridEngine.TimerRounds"/>
    internal long TimerRounds => _engine.TimerRounds;

    /// <inheritdoc cref="GridEngine.HasNotices"/>
    internal bool HasNotices => _engine.HasNotices;

    /// <inheritdoc/>
    public IJob Job(JobId id) => new HostedJob(_jobs.Mailbox(id));

    /// <inheritdoc/>
    public IWorkShard Shard(ShardId id) => new HostedShard(_shards.Mailbox(id), id, _broker);

    /// <inheritdoc/>
    public IVolunteer Volunteer(PeerId id) => _volunteers.TryGetValue(id, out var known)
        ? known
        : _volunteers.GetOrAdd(id, i => new VolunteerHost(i, _options.Volunteers, this, _engine.Services));

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
        _engine.Start(Sweep);
        var active = await Catalog.ActiveAsync(cancellationToken);
        foreach (var job in active)
        {
            await Job(job).SnapshotAsync(cancellationToken);
        }

        EngineLog.Resumed(_engine.Services.Logger, active.Count);
    }

    /// <summary>
    /// Stops the timer and delivers the notices that wait. Call it when no more calls come in; when
    /// <paramref name="cancellationToken"/> fires, the rest is left to the next start, which finds it.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken) => _engine.StopAsync(cancellationToken);

    /// <summary>
    /// Lets go of what the timer and the outbox hold; call it after <see cref="StopAsync"/>.
    /// </summary>
    public void Dispose() => _engine.Dispose();

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
                _engine.Services.Ticks.Forget(entry.Value);
            }
        }
    }
}
