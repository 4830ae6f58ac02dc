namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// Where requests wait for work to appear. It is a queue: who waits longest is woken first, and only as many
/// are woken as there may be work for; whoever then finds more than it takes wakes the next. So a returned
/// unit never stirs a thousand volunteers. The number of waiting requests is bounded; beyond it nobody waits.
/// Safe for concurrent use.
/// </summary>
/// <param name="max">How many may wait at a time.</param>
/// <param name="clock">The clock that waits go by.</param>
public sealed class PollDesk(int max, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private long _version;

    /// <summary>How many wait now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>
    /// Changes whenever work may have appeared. Take it before looking for work, and hand it to
    /// <see cref="WaitAsync"/>, so that what appears in between is not missed.
    /// </summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>
    /// Waits until woken, at most <paramref name="limit"/>. Answers true when it is worth looking again;
    /// false when the time is up, <paramref name="ended"/> is cancelled, or too many wait already.
    /// </summary>
    public async Task<bool> WaitAsync(long seen, TimeSpan limit, CancellationToken ended)
    {
        if (limit <= TimeSpan.Zero || ended.IsCancellationRequested)
        {
            return false;
        }

        var woken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource<bool>> place;
        lock (_lock)
        {
            if (_version != seen)
            {
                return true;
            }

            if (_waiting.Count >= max)
            {
                return false;
            }

            place = _waiting.AddLast(woken);
        }

        await using var timer = clock.CreateTimer(
            _ => Leave(place, served: false), null, limit, Timeout.InfiniteTimeSpan);
        await using var registration = ended.Register(() => Leave(place, served: false));
        return await woken.Task;
    }

    /// <summary>Work may have appeared: wakes the <paramref name="count"/> that wait longest.</summary>
    public void Wake(int count)
    {
        List<TaskCompletionSource<bool>>? woken = null;
        lock (_lock)
        {
            _version++;
            for (; count > 0 && _waiting.First is { } first; count--)
            {
                _waiting.RemoveFirst();
                (woken ??= []).Add(first.Value);
            }
        }

        woken?.ForEach(poll => poll.TrySetResult(true));
    }

    /// <summary>
    /// Who was woken found work: wakes the next two, so that all are served in few steps if there is enough.
    /// </summary>
    public void WakeNext() => Wake(2);

    private void Leave(LinkedListNode<TaskCompletionSource<bool>> place, bool served)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                // Woken already.
                return;
            }

            _waiting.Remove(place);
        }

        place.Value.TrySetResult(served);
    }
}
