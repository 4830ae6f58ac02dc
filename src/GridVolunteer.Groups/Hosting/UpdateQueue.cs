using System.Threading.Channels;

namespace GridVolunteer.Groups.Hosting;

/// <summary>What waits to be read of one group's events. It does not wait for its reader; it says when too much waits.</summary>
internal sealed class UpdateQueue(int updatesMax, long bytesMax)
{
    private readonly Channel<QueuedUpdate> _channel = Channel.CreateUnbounded<QueuedUpdate>(
        new UnboundedChannelOptions { SingleWriter = true });

    private long _bytes;

    /// <summary>Adds one; false when that is too much.</summary>
    public bool TryAdd(QueuedUpdate update)
    {
        var bytes = Interlocked.Add(ref _bytes, update.SizeBytes);
        _channel.Writer.TryWrite(update);
        return bytes <= bytesMax && _channel.Reader.Count <= updatesMax;
    }

    /// <summary>Adds the last one.</summary>
    public void Complete(GroupUpdate.Ended ended)
    {
        _channel.Writer.TryWrite(new QueuedUpdate(ended, StateWantedOf: null));
        _channel.Writer.TryComplete();
    }

    /// <summary>Ends with an error.</summary>
    public void Fail(Exception error) => _channel.Writer.TryComplete(error);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        _channel.Reader.WaitToReadAsync(cancellationToken);

    public bool TryTake(out QueuedUpdate update)
    {
        if (!_channel.Reader.TryRead(out update))
        {
            return false;
        }

        Interlocked.Add(ref _bytes, -update.SizeBytes);
        return true;
    }
}
