using GridVolunteer.Protocol.Events;

namespace GridVolunteer.Coordinator.Events;

/// <summary>
/// The last 64 Ki events, or fewer when together they name more than <see cref="RunsMax"/> runs of units, for
/// all readers together: a reader is no more than a position, so a slow one costs no memory and finds itself
/// overtaken when the ring has moved on. Positions begin at the start's time in microseconds, so those of a
/// coordinator that restarts are above all it gave before, and a reader that resumes learns that it missed
/// something.
/// Safe for concurrent use.
/// </summary>
public sealed class EventRing
{
    /// <summary>Events kept unless told otherwise.</summary>
    public const int DefaultCapacity = 65536;

    /// <summary>
    /// Runs of units that the events kept may name together, so that grants cut into single units, as a
    /// volunteer can bring about, do not fill the memory. 1 Mi (16 MiB).
    /// </summary>
    public const int RunsMax = 1 << 20;

    private readonly Lock _lock = new();
    private readonly GridEvent[] _events;
    private long _oldest;
    private long _next;
    private long _runs;
    private long _asked;
    private TaskCompletionSource? _arrival;

    /// <summary>An empty ring.</summary>
    /// <param name="startedAt">The time of the start; sets where positions begin.</param>
    /// <param name="capacity">How many events are kept, a power of two.</param>
    public EventRing(DateTimeOffset startedAt, int capacity = DefaultCapacity)
    {
        if (!int.IsPow2(capacity))
        {
            throw new ArgumentOutOfRangeException(
                nameof(capacity), capacity, "The capacity is a power of two.");
        }

        _events = new GridEvent[capacity];
        _oldest = startedAt.ToUnixTimeMilliseconds() * 1000;
        _next = _oldest;
    }

    /// <summary>
    /// How often readers came or asked; while it does not grow and nobody waits (<see cref="IsAwaited"/>), nobody reads.
    /// </summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Whether a reader waits for the next event, or did when it was cut off.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_lock)
            {
                return _arrival is not null;
            }
        }
    }

    /// <summary>The position that the next event will get.</summary>
    public long Next
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    /// <summary>The position of the oldest event kept.</summary>
    public long Oldest
    {
        get
        {
            lock (_lock)
            {
                return _oldest;
            }
        }
    }

    /// <summary>A reader has come, and will ask in a moment.</summary>
    public void NoteReader() => Interlocked.Increment(ref _asked);

    /// <summary>Appends events in order and wakes the readers; the list is not kept.</summary>
    public void Publish(IReadOnlyList<GridEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return;
        }

        TaskCompletionSource? arrival;
        lock (_lock)
        {
            for (var i = 0; i < events.Count; i++)
            {
                Append(events[i]);
            }

            arrival = _arrival;
            _arrival = null;
        }

        arrival?.SetResult();
    }

    /// <summary>
    /// Copies the events from <paramref name="position"/> on, as many as fit, and answers how many; -1 when
    /// the ring no longer reaches back so far, or never reached that position.
    /// </summary>
    public int Read(long position, Span<EventSlot> destination)
    {
        NoteReader();
        lock (_lock)
        {
            if (position < _oldest || position > _next)
            {
                return -1;
            }

            var count = (int)Math.Min(destination.Length, _next - position);
            for (var i = 0; i < count; i++)
            {
                destination[i] = new EventSlot(position + i, _events[(position + i) & (_events.Length - 1)]);
            }

            return count;
        }
    }

    /// <summary>
    /// Completes when there is an event at <paramref name="position"/>; shared by all who wait.
    /// </summary>
    public Task WhenReached(long position)
    {
        lock (_lock)
        {
            if (position < _next)
            {
                return Task.CompletedTask;
            }

            // Continuations must not run on the thread that publishes: it may be a storage writer.
            _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _arrival.Task;
        }
    }

    private void Append(GridEvent happened)
    {
        if (_next - _oldest == _events.Length)
        {
            DropOldest();
        }

        _events[_next++ & (_events.Length - 1)] = happened;
        _runs += happened.Runs.Count;
        while (_runs > RunsMax && _next - _oldest > 1)
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        ref var slot = ref _events[_oldest++ & (_events.Length - 1)];
        _runs -= slot.Runs.Count;
        slot = null!;
    }
}
