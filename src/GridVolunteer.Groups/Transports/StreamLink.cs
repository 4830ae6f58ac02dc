using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// The streams to one process: what is sent goes out at once as far as the network takes it; the rest waits in one
/// buffer, and goes out in as few pieces as it can.
/// Either side opens a stream when it has something to send and there is none; when both do at once, both stay. A
/// stream that breaks is opened again, after 100 ms and then twice as long each time, at most 5 s; what was under way
/// is lost.
/// </summary>
internal sealed class StreamLink(StreamHub hub, ProcessId id)
{
    private const int ConnectionsMax = 4;

    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DialTimeout = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly List<StreamConnection> _open = [];
    private WireWriter _waiting = new();
    private WireWriter _leaving = new();
    private StreamConnection? _begunOn;
    private int _begun;
    private TimeSpan _retry = RetryMin;
    private long _failedAt;
    private bool _hasFailed;
    private bool _isPumping;
    private bool _isWanted;
    private bool _isEnded;

    public IPEndPoint? EndPoint { get; set; }

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _open.Count > 0;
            }
        }
    }

    /// <summary>Has a frame sent; false when there is no room, or no way to the process now.</summary>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        lock (_lock)
        {
            var isReachable = _open.Count > 0 || (EndPoint is not null && !IsWaitingToRetry);
            if (_isEnded || !isReachable || _waiting.Length + frame.Length > hub.QueueSizeBytesMax)
            {
                return false;
            }

            var start = _waiting.Length;
            _waiting.WriteRaw([0, 0, 0, 0]);
            hub.Gate.Seal(id, frame, _waiting);
            _waiting.Overwrite(start, _waiting.Length - start - StreamConnection.LengthSizeBytes);
            if (_isPumping || TrySendNow())
            {
                return true;
            }

            _isPumping = true;
        }

        hub.Run(PumpAsync);
        return true;
    }

    /// <summary>Sends what the network takes without waiting; true when that is all there is.</summary>
    private bool TrySendNow()
    {
        if (_open.Count == 0)
        {
            return false;
        }

        var connection = _open[^1];
        var sent = connection.SendNow(_waiting.Written);
        if (sent < _waiting.Length)
        {
            // The rest of it belongs on the same stream, and before anything else.
            (_waiting, _leaving) = (_leaving, _waiting);
            (_begunOn, _begun) = (connection, sent);
            _waiting.Clear();
            return false;
        }

        _waiting.Clear();
        return true;
    }

    /// <summary>Opens a stream without having anything to send yet.</summary>
    public void Open()
    {
        lock (_lock)
        {
            if (_isPumping || _isEnded || _open.Count > 0 || EndPoint is null || IsWaitingToRetry)
            {
                return;
            }

            _isPumping = true;
            _isWanted = true;
        }

        hub.Run(PumpAsync);
    }

    /// <summary>Takes over a stream whose other end has said who it is.</summary>
    public void Attach(StreamConnection connection)
    {
        lock (_lock)
        {
            if (_open.Count >= ConnectionsMax || _isEnded)
            {
                // The oldest: its other end has perhaps been gone for long.
                var oldest = _isEnded ? connection : _open[0];
                oldest.Dispose();
                _open.Remove(oldest);
                if (_isEnded)
                {
                    return;
                }
            }

            _open.Add(connection);
            _retry = RetryMin;
            _hasFailed = false;
        }
    }

    public void Detach(StreamConnection connection)
    {
        lock (_lock)
        {
            connection.Dispose();
            _open.Remove(connection);
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            _open.ForEach(c => c.Dispose());
            _open.Clear();
            _waiting.Clear();
        }
    }

    private bool IsWaitingToRetry => _hasFailed && hub.Time.GetElapsedTime(_failedAt) < _retry;

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            StreamConnection? connection;
            int begun;
            lock (_lock)
            {
                connection = _begunOn ?? (_open.Count > 0 ? _open[^1] : null);
                _isWanted &= connection is null;
                if ((_waiting.Length == 0 && _begunOn is null && !_isWanted) || _isEnded)
                {
                    _isPumping = false;
                    _begunOn = null;
                    return;
                }

                if (connection is not null && _begunOn is null)
                {
                    (_waiting, _leaving) = (_leaving, _waiting);
                    _waiting.Clear();
                }

                begun = _begunOn is null ? 0 : _begun;
                _begunOn = null;
            }

            try
            {
                if (connection is null)
                {
                    await DialAsync(cancellationToken);
                }
                else
                {
                    await connection.SendAsync(_leaving.WrittenMemory[begun..], cancellationToken);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException
                or IOException)
            {
                Fail(connection);
            }
        }
    }

    /// <summary>What waits is dropped: whoever sent it repeats what matters.</summary>
    private void Fail(StreamConnection? connection)
    {
        lock (_lock)
        {
            if (connection is not null)
            {
                connection.Dispose();
                _open.Remove(connection);
            }

            if (_open.Count == 0)
            {
                _retry = _hasFailed ? TimeSpan.FromTicks(Math.Min(_retry.Ticks * 2, RetryMax.Ticks)) : RetryMin;
                _hasFailed = true;
                _failedAt = hub.Time.GetTimestamp();
                _waiting.Clear();
                _isWanted = false;
            }
        }

        hub.SendFailed(id);
    }

    private async Task DialAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(DialTimeout, hub.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var to = EndPoint ?? throw new SocketException((int)SocketError.HostUnreachable);
        var connection = await hub.DialAsync(id, to, both.Token);
        Attach(connection);
        hub.Run(stop => hub.ReadAsync(id, this, connection, stop));
    }
}
