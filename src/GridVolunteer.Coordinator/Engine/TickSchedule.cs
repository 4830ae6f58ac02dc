using GridVolunteer.Coordination.Contracts;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// The one timer of an embedded grid: a loop that wakes ten times a second, calls whoever is due, and lets
/// unused hosts go. What waits costs nothing: hosts lie in a queue by the time they asked for.
/// </summary>
internal sealed class TickSchedule : ITickSchedule, IDisposable
{
    private const int TicksAtOnce = 64;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Wish, DateTimeOffset> _queue = new();
    private readonly Dictionary<ITickable, Wish> _wishes = [];
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private long _rounds;

    public TickSchedule(TimeProvider clock, ILogger logger)
    {
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Rounds ended so far.</summary>
    public long Rounds => Volatile.Read(ref _rounds);

    /// <summary>Begins to tick, and to call <paramref name="sweep"/> every 2 s.</summary>
    public void Start(Action sweep) => _loop = RunAsync(sweep);

    /// <inheritdoc/>
    public void Note(ITickable host, DateTimeOffset due)
    {
        lock (_gate)
        {
            if (_wishes.TryGetValue(host, out var known))
            {
                if (known.Due <= due)
                {
                    return;
                }

                known.Host = null;
            }

            Add(host, due);
        }
    }

    /// <inheritdoc/>
    public void Forget(ITickable host)
    {
        lock (_gate)
        {
            if (_wishes.Remove(host, out var wish))
            {
                wish.Host = null;
            }
        }
    }

    /// <summary>Ends the loop; ticks under way are waited for.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(Action sweep)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        var lastSweep = _clock.GetTimestamp();
        var due = new List<ITickable>();
        while (await WaitAsync(timer))
        {
            TakeDue(due);
            foreach (var some in due.Chunk(TicksAtOnce))
            {
                await Task.WhenAll(some.Select(TickAsync));
            }

            due.Clear();
            if (_clock.GetElapsedTime(lastSweep) >= SweepEvery)
            {
                sweep();
                lastSweep = _clock.GetTimestamp();
            }

            Volatile.Write(ref _rounds, _rounds + 1);
        }
    }

    private async ValueTask<bool> WaitAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false; // That is how the loop ends.
        }
    }

    private void TakeDue(List<ITickable> due)
    {
        var now = _clock.GetUtcNow();
        lock (_gate)
        {
            while (_queue.TryPeek(out var wish, out var at) && at <= now)
            {
                _queue.Dequeue();
                if (wish.Host is not { } host)
                {
                    continue;
                }

                _wishes.Remove(host);
                if (host.NextTick is not { } wanted)
                {
                    continue;
                }

                if (wanted <= now)
                {
                    due.Add(host);
                }
                else
                {
                    Add(host, wanted);
                }
            }
        }
    }

    private void Add(ITickable host, DateTimeOffset due)
    {
        var wish = new Wish(host, due);
        _wishes[host] = wish;
        _queue.Enqueue(wish, due);
    }

    private async Task TickAsync(ITickable host)
    {
        try
        {
            await host.TickAsync(CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // The storage has logged it, and the host has asked to be ticked again.
        }
#pragma warning disable CA1031 // A bug in one entity must not stop the clock of all others; its host has logged it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            EngineLog.TickFailed(_logger, e);
        }
    }

    /// <summary>A place in the queue. Without a host it is passed over when its time comes.</summary>
    private sealed class Wish(ITickable host, DateTimeOffset due)
    {
        public ITickable? Host { get; set; } = host;

        public DateTimeOffset Due { get; } = due;
    }
}
