using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// All streams of a process: takes in those that others open, opens those that are needed. A stream begins with a hello
/// in both directions (<see cref="StreamHello"/>).
/// </summary>
internal sealed class StreamHub : IAsyncDisposable
{
    private const int HellosMax = 64;
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(5);

    private readonly ProcessId _self;
    private readonly Socket _listener;
    private readonly TransportOptions _options;
    private readonly TransportCounters _counters;
    private readonly ConcurrentDictionary<ProcessId, StreamLink> _links = [];
    private readonly RunningTasks _tasks = new();
    private readonly CancellationTokenSource _stop = new();
    private IArrivals? _arrivals;
    private int _hellos;
    private int _accepted;

    public StreamHub(
        ProcessId self, Socket listener, TransportOptions options, SharedGate gate, TransportCounters counters,
        TimeProvider time)
    {
        _self = self;
        _listener = listener;
        _options = options;
        _counters = counters;
        Gate = gate;
        Time = time;
    }

    public SharedGate Gate { get; }

    public TimeProvider Time { get; }

    public int QueueSizeBytesMax => _options.StreamQueueSizeBytesMax;

    /// <summary>What this process says of itself.</summary>
    public ReadOnlyMemory<byte> Contact { get; init; }

    public void Start(IArrivals arrivals)
    {
        _arrivals = arrivals;
        Run(AcceptAsync);
    }

    public StreamLink LinkTo(ProcessId id) => _links.GetOrAdd(id, static (i, hub) => new StreamLink(hub, i), this);

    public void Forget(ProcessId id)
    {
        if (_links.TryRemove(id, out var link))
        {
            link.End();
        }
    }

    public void SendFailed(ProcessId id)
    {
        _counters.OnSendFailed();
        if (!_stop.IsCancellationRequested)
        {
            _arrivals!.SendFailed(id);
            _arrivals.Ready();
        }
    }

    /// <summary>Starts a task that is awaited at the end.</summary>
    public void Run(Func<CancellationToken, Task> work) => _tasks.Run(() => work(_stop.Token));

    /// <summary>Opens a stream, and makes sure of who is at its other end.</summary>
    public async Task<StreamConnection> DialAsync(ProcessId id, IPEndPoint to, CancellationToken cancellationToken)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connection = new StreamConnection(socket, _counters);
        try
        {
            await socket.ConnectAsync(to, cancellationToken);
            await SayHelloAsync(connection, id, cancellationToken);
            var answer = await connection.ReadAsync(StreamHello.SizeBytesMax, idle: null, cancellationToken);
            if (answer is null
                || StreamHello.Read(answer.Value.Span, _self, Gate, _counters) is not { } hello || hello.From != id)
            {
                throw new IOException("Somebody else is there.");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Hands on what comes on a stream until it ends.</summary>
    public async Task ReadAsync(
        ProcessId id, StreamLink link, StreamConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            while (await connection.ReadAsync(
                StreamConnection.FrameSizeBytesMax, _arrivals!.Ready, cancellationToken) is { } frame)
            {
                while (!Gate.TryHandOn(id, frame.Span, _arrivals))
                {
                    _arrivals.Ready();
                    await _arrivals.WhenRoomAsync(cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The stream is over, as it is when its other end closes it.
        }

        link.Detach(connection);
        SendFailed(id);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        foreach (var link in _links.Values)
        {
            link.End();
        }

        await _tasks.WhenEndedAsync();
        _stop.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(cancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // It was gone before it was taken in; or this process has too many files open, which passes.
                _counters.OnDropped();
                await Task.Delay(TimeSpan.FromMilliseconds(50), Time, CancellationToken.None);
                continue;
            }

            if (Volatile.Read(ref _hellos) >= HellosMax || Volatile.Read(ref _accepted) >= _options.StreamsMax)
            {
                _counters.OnRefused(RefusalReason.OverLimit);
                socket.Dispose();
                continue;
            }

            Interlocked.Increment(ref _hellos);
            Run(stop => ServeAsync(socket, stop));
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var connection = new StreamConnection(socket, _counters);
        (ProcessId From, byte[] Contact)? hello = null;
        try
        {
            socket.NoDelay = true;
            hello = await HearHelloAsync(connection, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever it was says nothing, or has gone.
        }

        Interlocked.Decrement(ref _hellos);
        if (hello is not { } known)
        {
            return;
        }

        Interlocked.Increment(ref _accepted);
        _arrivals!.Met(known.From, known.Contact, isVouchedFor: true);
        var link = LinkTo(known.From);
        link.Attach(connection);
        await ReadAsync(known.From, link, connection, cancellationToken);
        Interlocked.Decrement(ref _accepted);
    }

    private async Task<(ProcessId From, byte[] Contact)?> HearHelloAsync(
        StreamConnection connection, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(HelloTimeout, Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var frame = await connection.ReadAsync(StreamHello.SizeBytesMax, idle: null, both.Token);
        if (frame is null || StreamHello.Read(frame.Value.Span, _self, Gate, _counters) is not { } hello)
        {
            return null;
        }

        await SayHelloAsync(connection, hello.From, both.Token);
        return hello;
    }

    private async Task SayHelloAsync(StreamConnection connection, ProcessId to, CancellationToken cancellationToken)
    {
        var writer = new WireWriter();
        writer.WriteRaw([0, 0, 0, 0]);
        StreamHello.Write(writer, _self, to, Contact, Gate);
        writer.Overwrite(0, writer.Length - StreamConnection.LengthSizeBytes);
        await connection.SendAsync(writer.WrittenMemory, cancellationToken);
    }
}
