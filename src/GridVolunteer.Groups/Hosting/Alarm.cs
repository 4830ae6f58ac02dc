namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// Says when a time has come, to the millisecond, on a thread of its own. The runtime's timers count in ticks of the
/// system, 4 to 16 ms long, and hand over to yet another thread; they serve where the time is not the system's.
/// </summary>
internal sealed class Alarm : IAsyncDisposable
{
    /// <summary>A timer's clock may be coarser than this one: none is set for less.</summary>
    private static readonly TimeSpan TimerMin = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Action _goOff;
    private readonly ITimer? _timer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _due = TimeSpan.MaxValue;
    private TimeSpan _looksAt = TimeSpan.MaxValue;
    private bool _isStopped;

    /// <summary>Makes one that is not set.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="startedAt">The timestamp from which times are counted.</param>
    /// <param name="goOff">What to call, once for each time that is set; it may set the next.</param>
    public Alarm(TimeProvider time, long startedAt, Action goOff)
    {
        _time = time;
        _startedAt = startedAt;
        _goOff = goOff;
        if (time == TimeProvider.System)
        {
            new Thread(Run) { IsBackground = true, Name = "groups alarm" }.Start();
        }
        else
        {
            _timer = time.CreateTimer(_ => goOff(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _ended.SetResult();
        }
    }

    /// <summary>Sets the time, instead of the one before; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public void Set(TimeSpan due, TimeSpan now)
    {
        lock (_gate)
        {
            if (_timer is not null)
            {
                SetTimer(due, now);
            }
            else if (due != _due)
            {
                _due = due;
                if (due < _looksAt)
                {
                    Monitor.Pulse(_gate);
                }
            }
        }
    }

    /// <summary>Ends it; what is under way is waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }

        await _ended.Task;
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    private void SetTimer(TimeSpan due, TimeSpan now)
    {
        var wait = due - now < TimerMin ? TimerMin : due - now;
        _timer!.Change(due == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait, Timeout.InfiniteTimeSpan);
    }

    private void Run()
    {
        while (WaitUntilDue())
        {
            _goOff();
        }

        _ended.SetResult();
    }

    /// <summary>False when it is stopped.</summary>
    private bool WaitUntilDue()
    {
        lock (_gate)
        {
            while (!_isStopped)
            {
                var now = _time.GetElapsedTime(_startedAt);
                if (_due <= now)
                {
                    _due = TimeSpan.MaxValue;
                    _looksAt = TimeSpan.MinValue;
                    return true;
                }

                _looksAt = _due;
                Monitor.Wait(_gate, MillisecondsUntil(_looksAt, now));
                _looksAt = TimeSpan.MinValue;
            }

            return false;
        }
    }

    private static int MillisecondsUntil(TimeSpan then, TimeSpan now) =>
        then == TimeSpan.MaxValue ? Timeout.Infinite : (int)Math.Min(Math.Ceiling((then - now).TotalMilliseconds), 60_000);
}
