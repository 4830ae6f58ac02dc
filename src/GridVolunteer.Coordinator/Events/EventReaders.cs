namespace GridVolunteer.Coordinator.Events;

/// <summary>Bounds how many read the event stream at a time.</summary>
/// <param name="max">How many.</param>
public sealed class EventReaders(int max)
{
    private int _count;

    /// <summary>How many may read at a time.</summary>
    public int Max => max;

    /// <summary>How many read now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A place, to be disposed at the end; null when all are taken.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= max)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref _count);
        return null;
    }

    private sealed class Place(EventReaders readers) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                Interlocked.Decrement(ref readers._count);
            }
        }
    }
}
