using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// What the entities of one process share, wherever the others live: the timer that ticks them, the outbox
/// that carries their notices, and what their hosts work with.
/// </summary>
public sealed class GridEngine : IDisposable
{
    private readonly IGrid _grid;
    private readonly IBrokerFeed _broker;
    private readonly NoticeOutbox _outbox;
    private readonly TickSchedule _ticks;

    /// <summary>An engine that is at rest until <see cref="Start"/>.</summary>
    /// <param name="grid">Where notices find their receivers.</param>
    /// <param name="journal">Where turns are kept; whoever opened it closes it, after
    /// <see cref="StopAsync"/>.</param>
    /// <param name="events">Where events go.</param>
    /// <param name="broker">Who is told of work and of jobs that changed.</param>
    /// <param name="options">Bounds of each mailbox.</param>
    /// <param name="clock">The clock that entities go by.</param>
    /// <param name="logger">For failures.</param>
    public GridEngine(
        IGrid grid, IJournal journal, IEventSink events, IBrokerFeed broker, EntityHostOptions options,
        TimeProvider clock, ILogger logger)
    {
        _grid = grid;
        _broker = broker;
        _outbox = new NoticeOutbox(DeliverAsync, clock, logger);
        _ticks = new TickSchedule(clock, logger);
        Services = new EntityHostServices
        {
            Journal = journal,
            Outbox = _outbox,
            Events = events,
            Ticks = _ticks,
            Clock = clock,
            Logger = logger,
            Options = options,
        };
    }

    /// <summary>What hosts work with.</summary>
    public EntityHostServices Services { get; }

    /// <summary>
    /// Rounds of the timer so far; with <see cref="HasNotices"/> it tells tests that the engine came to rest.
    /// </summary>
    internal long TimerRounds => _ticks.Rounds;

    /// <summary>Whether notices wait or are under way, those pausing after a failure not counted.</summary>
    internal bool HasNotices => _outbox.IsBusy;

    /// <summary>
    /// Starts timer and outbox; <paramref name="sweep"/> is called every 2 s, to let go of what nobody uses.
    /// </summary>
    public void Start(Action sweep)
    {
        _outbox.Start();
        _ticks.Start(sweep);
    }

    /// <summary>
    /// Stops the timer and delivers the notices that wait. Call it when no more calls come in; when
    /// <paramref name="cancellationToken"/> fires, the rest is left: entities tell again when they are loaded.
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

    private async ValueTask DeliverAsync(Notice notice, CancellationToken cancellationToken)
    {
        switch (notice)
        {
            case OpenShardNotice open:
                await _grid.Shard(open.Plan.Shard).OpenAsync(open.Plan, cancellationToken);
                break;
            case EndShardNotice end:
                await _grid.Shard(end.Shard).EndAsync(cancellationToken);
                break;
            case ShardClosedNotice closed:
                await _grid.Job(closed.Summary.Shard.Job).ShardClosedAsync(closed.Summary, cancellationToken);
                break;
            case JobChangedNotice changed:
                if (changed.IsClosed)
                {
                    await _grid.Catalog.NoteClosedAsync(changed.Job, cancellationToken);
                }

                _broker.JobChanged(changed.Job);
                break;
            case HoldersNotice holders:
                foreach (var holder in holders.Holders)
                {
                    await _grid.Volunteer(holder).ExpectAsync(holders.Shard, cancellationToken);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(notice), notice, "not a notice the engine knows");
        }
    }
}
