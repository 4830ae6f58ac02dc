using System.Buffers.Binary;
using System.Net.Sockets;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// One open stream: frames with their length, four bytes, before them. Room for a frame is made as its bytes come, not
/// when they are announced.
/// </summary>
internal sealed class StreamConnection(Socket socket, TransportCounters counters) : IDisposable
{
    /// <summary>The most bytes of a frame: the longest message, and what seals it.</summary>
    public const int FrameSizeBytesMax = (1 << 20) + (1 << 17);

    public const int LengthSizeBytes = 4;

    private const int BufferSizeBytesAtFirst = 1 << 16;

    private byte[] _buffer = [];
    private int _start;
    private int _end;

    public bool IsClosed { get; private set; }

    /// <summary>Sends what the network takes without waiting; returns how many bytes that were.</summary>
    public int SendNow(ReadOnlySpan<byte> bytes)
    {
        try
        {
            socket.Blocking = false;
            var sent = socket.Send(bytes, SocketFlags.None, out var error);
            if (error != SocketError.Success)
            {
                // No room, or a broken stream: the send that waits will find out which.
                return 0;
            }

            counters.OnStreamSent(sent);
            return sent;
        }
        catch (ObjectDisposedException)
        {
            // As for a broken stream.
            return 0;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var sent = await socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
            counters.OnStreamSent(sent);
            bytes = bytes[sent..];
        }
    }

    /// <summary>The next frame, as long as nothing else is read; null at the end, also for what is no frame.</summary>
    /// <param name="sizeBytesMax">What is longer is refused.</param>
    /// <param name="idle">Called before waiting for the network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(
        int sizeBytesMax, Action? idle, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_end - _start >= LengthSizeBytes)
            {
                var length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start));
                if (length == 0 || length > sizeBytesMax)
                {
                    counters.OnRefused(length == 0 ? RefusalReason.Malformed : RefusalReason.TooLong);
                    return null;
                }

                if (_end - _start - LengthSizeBytes >= length)
                {
                    var frame = _buffer.AsMemory(_start + LengthSizeBytes, (int)length);
                    _start += LengthSizeBytes + (int)length;
                    return frame;
                }
            }

            MakeRoom();
            var receiving = socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellationToken);
            if (!receiving.IsCompleted)
            {
                idle?.Invoke();
            }

            var received = await receiving;
            if (received == 0)
            {
                return null;
            }

            counters.OnStreamReceived(received);
            _end += received;
        }
    }

    public void Dispose()
    {
        IsClosed = true;
        socket.Dispose();
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        if (_buffer.Length - _end > 0 && _buffer.Length > 0)
        {
            return;
        }

        if (_start > _buffer.Length / 2)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        }
        else
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(BufferSizeBytesAtFirst, _buffer.Length * 2));
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            _buffer = larger;
        }

        _end -= _start;
        _start = 0;
    }
}
