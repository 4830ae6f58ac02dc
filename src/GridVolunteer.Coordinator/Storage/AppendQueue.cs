namespace GridVolunteer.Coordinator.Storage;

/// <summary>The bounded queue before the writer thread, which takes all that waits in one go.</summary>
internal sealed class AppendQueue(int capacity)
{
    private readonly object _gate = new();
    private readonly Queue<PendingAppend> _waiting = new();
    private bool _closed;

    /// <summary>Turns that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds a turn; false when the queue is full or closed.</summary>
    public bool TryAdd(PendingAppend append)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count >= capacity)
            {
                return false;
            }

            _waiting.Enqueue(append);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>
    /// Waits for turns and moves up to <paramref name="max"/> of them to <paramref name="taken"/>; false when
    /// closed and empty.
    /// </summary>
    public bool Take(List<PendingAppend> taken, int max)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            while (taken.Count < max && _waiting.TryDequeue(out var append))
            {
                taken.Add(append);
            }

            return true;
        }
    }

    /// <summary>Takes no more; what waits is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
