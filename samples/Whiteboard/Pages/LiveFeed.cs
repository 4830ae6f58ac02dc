using System.Threading.Channels;

namespace Whiteboard.Pages;

/// <summary>
/// Tells all pages what happens. One that is too slow is cut off; it asks again, and begins with the whole picture.
/// </summary>
internal sealed class LiveFeed
{
    private const int WaitingMax = 2_000;

    private readonly Lock _lock = new();
    private readonly List<Reader> _readers = [];

    public Reader Subscribe(PageEvent first)
    {
        var reader = new Reader(this);
        reader.TryTell(first);
        lock (_lock)
        {
            _readers.Add(reader);
        }

        return reader;
    }

    public void Tell(PageEvent happened)
    {
        lock (_lock)
        {
            _readers.RemoveAll(r => !r.TryTell(happened));
        }
    }

    /// <summary>One page.</summary>
    internal sealed class Reader(LiveFeed feed) : IDisposable
    {
        private readonly Channel<PageEvent> _channel = Channel.CreateBounded<PageEvent>(WaitingMax);

        public IAsyncEnumerable<PageEvent> ReadAllAsync(CancellationToken cancellationToken) =>
            _channel.Reader.ReadAllAsync(cancellationToken);

        public bool TryTell(PageEvent happened)
        {
            var hasRoom = _channel.Writer.TryWrite(happened);
            if (!hasRoom)
            {
                _channel.Writer.TryComplete();
            }

            return hasRoom;
        }

        public void Dispose()
        {
            lock (feed._lock)
            {
                feed._readers.Remove(this);
            }
        }
    }
}
