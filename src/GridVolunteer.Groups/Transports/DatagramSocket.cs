using System.Net;
using System.Net.Sockets;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// A socket for datagrams. Nothing is allocated for a packet, in or out. What the socket's buffer has no room for is
/// dropped, as the network might have done.
/// </summary>
internal sealed class DatagramSocket : IAsyncDisposable
{
    /// <summary>The kernel may grant less.</summary>
    private const int BufferSizeBytes = 8 << 20;
    private const int PacketSizeBytesMax = 65_536;
    private const int BatchMax = 64;

    /// <summary>How often the receiving thread looks whether it is to end, should nothing wake it.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly TransportCounters _counters;
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private bool _hasThread;

    public DatagramSocket(Socket socket, TransportCounters counters)
    {
        _socket = socket;
        _counters = counters;
        _socket.ReceiveBufferSize = BufferSizeBytes;
        _socket.SendBufferSize = BufferSizeBytes;
        _socket.Blocking = false;
        if (OperatingSystem.IsWindows())
        {
            // Else an answer that a port is closed ends the next receive (SIO_UDP_CONNRESET).
            _socket.IOControl(unchecked((int)0x9800000C), [0, 0, 0, 0], null);
        }
    }

    public AddressFamily Family => _socket.AddressFamily;

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Begins to receive. <paramref name="ready"/> is called after each batch.</summary>
    public void Start(PacketReader read, Action ready) => _receiving = ReceiveAsync(read, ready);

    /// <summary>
    /// As <see cref="Start"/>, on a thread of its own: for a socket on which much comes in, as each packet that comes
    /// alone wakes one thread then, and not two or three.
    /// </summary>
    public void StartOnThread(PacketReader read, Action ready)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiving = ended.Task;
        _hasThread = true;
        var thread = new Thread(() =>
        {
            try
            {
                Receive(read, ready);
                ended.SetResult();
            }
            catch (Exception e)
            {
                // A bug of whoever reads the packets: told to who disposes of this.
                ended.SetException(e);
            }
        })
        { IsBackground = true, Name = "groups datagrams" };
        thread.Start();
    }

    /// <summary>Sends a packet; false when this machine could not.</summary>
    public bool TrySend(ReadOnlySpan<byte> packet, SocketAddress to)
    {
        try
        {
            _socket.SendTo(packet, SocketFlags.None, to);
            _counters.OnSent(packet.Length);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
        {
            _counters.OnDropped();
            return true;
        }
        catch (SocketException)
        {
            // No route, no permission (a firewall), no network: told to whoever watches the receiver.
            _counters.OnSendFailed();
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_hasThread)
        {
            // A packet to itself wakes the thread, which must be gone before the socket is.
            WakeUp();
            await _receiving;
        }

        _socket.Dispose();
        await _receiving;
        _stop.Dispose();
    }

    private void WakeUp()
    {
        var address = ((IPEndPoint)_socket.LocalEndPoint!).Address;
        var isAny = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        var own = isAny && address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback
            : isAny ? IPAddress.IPv6Loopback
            : address;
        try
        {
            _socket.SendTo([], SocketFlags.None, new IPEndPoint(own, Port));
        }
        catch (SocketException)
        {
            // Then the thread finds out by itself, a little later.
        }
    }

    private void Receive(PacketReader read, Action ready)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(PacketSizeBytesMax, pinned: true);
        var from = new SocketAddress(_socket.AddressFamily);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (!_socket.Poll(LookInterval, SelectMode.SelectRead) || _stop.IsCancellationRequested)
                {
                    continue;
                }

                var batch = 0;
                do
                {
                    var received = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                    _counters.OnReceived(received);
                    read(buffer.AsSpan(0, received), from);
                }
                while (++batch < BatchMax && _socket.Available > 0);
            }
            catch (SocketException)
            {
                // One packet's trouble (too long, or an answer to something sent): the next may be well.
                _counters.OnDropped();
            }

            ready();
        }
    }

    private async Task ReceiveAsync(PacketReader read, Action ready)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(PacketSizeBytesMax, pinned: true);
        var from = new SocketAddress(_socket.AddressFamily);
        var batch = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var receiving = _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, _stop.Token);
                if (batch > 0 && (!receiving.IsCompleted || batch >= BatchMax))
                {
                    batch = 0;
                    ready();
                }

                var received = await receiving;
                batch++;
                _counters.OnReceived(received);
                read(buffer.AsSpan(0, received), from);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                // One packet's trouble (too long, or an answer to something sent): the next may be well.
                _counters.OnDropped();
            }
        }
    }
}
