using System.Threading.Channels;
using GridVolunteer.Coordination.Entities;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// Carries notices from entity to entity: at least once, in order within a lane, again with growing pauses
/// when a delivery fails. Within a lane a waiting notice gives way to a newer one of its kind, so the outbox
/// holds at most one of each kind for each shard and job in flight, however long storage is away. What it
/// holds when the process ends is not lost: entities tell again what matters when they are loaded.
/// </summary>
internal sealed class NoticeOutbox : INoticeOutbox, IDisposable
{
    private const int LanesAtOnce = 16;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<NoticeLane, Lane> _lanes = [];

    // Holds each lane at most once, so the lanes bound it.
    private readonly Channel<Lane> _ready = Channel.CreateUnbounded<Lane>();
    private readonly Func<Notice, CancellationToken, ValueTask> _deliver;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _abandon = new();
    private Task _loop = Task.CompletedTask;
    private int _active;
    private TaskCompletionSource? _drained;

    public NoticeOutbox(
        Func<Notice, CancellationToken, ValueTask> deliver, TimeProvider clock, ILogger logger)
    {
        _deliver = deliver;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>
    /// Whether a notice waits or is under way; one that pauses after a failure does not count.
    /// </summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _active > 0;
            }
        }
    }

    /// <summary>Begins to deliver.</summary>
    public void Start() => _loop = Parallel.ForEachAsync(
        _ready.Reader.ReadAllAsync(),
        new ParallelOptions { MaxDegreeOfParallelism = LanesAtOnce, CancellationToken = _abandon.Token },
        DeliverAsync);

    /// <inheritdoc/>
    public void Post(IReadOnlyList<Notice> notices)
    {
        lock (_gate)
        {
            foreach (var notice in notices)
            {
                Post(notice);
            }
        }
    }

    /// <summary>
    /// Delivers what waits, but not what failed and pauses, then ends. When
    /// <paramref name="cancellationToken"/> fires, what has not begun is left.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task drained;
        lock (_gate)
        {
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drained = _active == 0 ? Task.CompletedTask : _drained.Task;
        }

        try
        {
            await drained.WaitAsync(cancellationToken);
            _ready.Writer.TryComplete();
            await _loop;
        }
        catch (OperationCanceledException)
        {
            await AbandonAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _abandon.Dispose();

    private async Task AbandonAsync()
    {
        await _abandon.CancelAsync();
        try
        {
            await _loop;
        }
        catch (OperationCanceledException)
        {
            // The time to stop is up: what is left, the entities tell again at the next start.
        }
    }

    private void Post(Notice notice)
    {
        var key = NoticeLane.Of(notice);
        if (!_lanes.TryGetValue(key, out var lane))
        {
            _lanes.Add(key, lane = new Lane(key));
        }

        var same = lane.Waiting.FindIndex(lane.IsUnderWay ? 1 : 0, n => n.GetType() == notice.GetType());
        if (same >= 0)
        {
            lane.Waiting[same] = notice;
            return;
        }

        lane.Waiting.Add(notice);
        if (lane.Waiting.Count == 1)
        {
            MakeReady(lane);
        }
    }

    private void MakeReady(Lane lane)
    {
        _active++;
        _ready.Writer.TryWrite(lane);
    }

    private async ValueTask DeliverAsync(Lane lane, CancellationToken cancellationToken)
    {
        Notice notice;
        lock (_gate)
        {
            notice = lane.Waiting[0];
            lane.IsUnderWay = true;
        }

        Exception? failure = null;
        try
        {
            await _deliver(notice, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever the receiver threw, the notice is kept and tried again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }

        Settle(lane, notice, failure);
    }

    private void Settle(Lane lane, Notice notice, Exception? failure)
    {
        lock (_gate)
        {
            lane.IsUnderWay = false;
            if (failure is null)
            {
                lane.Waiting.RemoveAt(0);
                lane.Failures = 0;
                if (lane.Waiting.Count == 0)
                {
                    _lanes.Remove(lane.Key);
                }
                else
                {
                    MakeReady(lane);
                }
            }
            else
            {
                var pause = Pause(lane.Failures++);
                EngineLog.NoticeFailed(
                    _logger, notice.GetType().Name, lane.Key.Subject.ToString(), pause, failure);
                lane.Retry?.Dispose();
                lane.Retry = _clock.CreateTimer(Retry, lane, pause, Timeout.InfiniteTimeSpan);
            }

            if (--_active == 0)
            {
                _drained?.TrySetResult();
            }
        }
    }

    private void Retry(object? state)
    {
        lock (_gate)
        {
            var lane = (Lane)state!;
            lane.Retry?.Dispose();
            lane.Retry = null;
            MakeReady(lane);
        }
    }

    private static TimeSpan Pause(int failures) =>
        failures > 16
            ? LongestPause
            : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << failures));

    /// <summary>Notices for one receiver on one subject.</summary>
    private sealed class Lane(NoticeLane key)
    {
        public NoticeLane Key { get; } = key;

        public List<Notice> Waiting { get; } = [];

        public bool IsUnderWay { get; set; }

        public int Failures { get; set; }

        public ITimer? Retry { get; set; }
    }
}
