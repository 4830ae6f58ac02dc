using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// One HTTP/1.1 connection that posts JSON to one address. It knows just what this benchmark needs, because
/// the load generator shares its processors with what it measures.
/// </summary>
public sealed class WorkConnection : IDisposable
{
    private readonly Socket _socket =
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly IPEndPoint _endPoint;
    private readonly byte[] _head;
    private byte[] _output = new byte[64 * 1024];
    private byte[] _input = new byte[64 * 1024];

    /// <summary>
    /// A connection to <paramref name="route"/> of <paramref name="coordinator"/>, an address on loopback.
    /// </summary>
    public WorkConnection(Uri coordinator, string route, string token)
    {
        _endPoint = new IPEndPoint(IPAddress.Parse(coordinator.Host), coordinator.Port);
        _head = Encoding.ASCII.GetBytes(
            $"POST {route} HTTP/1.1\r\nHost: {coordinator.Authority}\r\nAuthorization: Bearer {token}\r\n"
            + "GridVolunteer-Protocol: 1\r\nContent-Type: application/json\r\nContent-Length: ");
    }

    /// <summary>Connects.</summary>
    public ValueTask ConnectAsync(CancellationToken cancellationToken) =>
        _socket.ConnectAsync(_endPoint, cancellationToken);

    /// <summary>
    /// Sends a body and answers status and body of the answer; the bytes are good until the next call.
    /// </summary>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> PostAsync(
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var length = Compose(body.Span);
        for (var sent = 0; sent < length;)
        {
            sent += await _socket.SendAsync(_output.AsMemory(sent, length - sent), cancellationToken);
        }

        var filled = 0;
        int headEnd;
        while ((headEnd = _input.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += await ReceiveAsync(filled, cancellationToken);
        }

        var (status, contentLength) = ParseHead(_input.AsSpan(0, headEnd + 2));
        var start = headEnd + 4;
        if (contentLength is { } known)
        {
            while (filled < start + known)
            {
                filled += await ReceiveAsync(filled, cancellationToken);
            }

            return (status, _input.AsMemory(start, known));
        }

        while (!_input.AsSpan(start, filled - start).EndsWith("0\r\n\r\n"u8))
        {
            filled += await ReceiveAsync(filled, cancellationToken);
        }

        return (status, Unchunk(_input.AsMemory(start, filled - start)));
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private int Compose(ReadOnlySpan<byte> body)
    {
        var size = _head.Length + 16 + body.Length;
        if (_output.Length < size)
        {
            _output = new byte[size];
        }

        _head.CopyTo(_output, 0);
        Utf8Formatter.TryFormat(body.Length, _output.AsSpan(_head.Length), out var digits);
        var end = _head.Length + digits;
        "\r\n\r\n"u8.CopyTo(_output.AsSpan(end));
        body.CopyTo(_output.AsSpan(end + 4));
        return end + 4 + body.Length;
    }

    private async ValueTask<int> ReceiveAsync(int filled, CancellationToken cancellationToken)
    {
        if (filled == _input.Length)
        {
            Array.Resize(ref _input, _input.Length * 2);
        }

        var received = await _socket.ReceiveAsync(_input.AsMemory(filled), cancellationToken);
        return received > 0 ? received : throw new IOException("The coordinator closed the connection.");
    }

    private static (int Status, int? ContentLength) ParseHead(ReadOnlySpan<byte> head)
    {
        var status = int.Parse(head.Slice(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var field = head.IndexOf("\r\nContent-Length: "u8);
        if (field < 0)
        {
            return (status, null);
        }

        return Utf8Parser.TryParse(head[(field + 18)..], out int length, out _)
            ? (status, length)
            : throw new IOException("The answer's Content-Length is not a number.");
    }

    private static ReadOnlyMemory<byte> Unchunk(Memory<byte> chunks)
    {
        var (read, written) = (0, 0);
        while (true)
        {
            if (!Utf8Parser.TryParse(chunks.Span[read..], out int size, out var digits, 'x'))
            {
                throw new IOException("A chunk of the answer has no size.");
            }

            if (size == 0)
            {
                return chunks[..written];
            }

            read += digits + 2;
            chunks.Slice(read, size).CopyTo(chunks[written..]);
            read += size + 2;
            written += size;
        }
    }
}
