using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>
/// As small a name server as can be: whatever name is asked for has the addresses it was given, as the name of
/// a service has in a container engine's network.
/// </summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const int HeaderSize = 12;
    private const int TypeA = 1;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private volatile IPAddress[] _addresses = [];

    public NameServer() => _loop = AnswerAsync();

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public void Set(params IEnumerable<IPAddress> addresses) => _addresses = [.. addresses];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var query = await _socket.ReceiveAsync(_stop.Token);
                await _socket.SendAsync(Answer(query.Buffer), query.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }

    private byte[] Answer(byte[] query)
    {
        var end = HeaderSize;
        while (query[end] != 0)
        {
            end += query[end] + 1;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(end + 1));
        var addresses = type == TypeA ? _addresses : [];
        using var answer = new MemoryStream();
        answer.Write(query, 0, 2);
        answer.Write([0x81, 0x80, 0, 1, 0, (byte)addresses.Length, 0, 0, 0, 0]);
        answer.Write(query, HeaderSize, end + 5 - HeaderSize);
        foreach (var address in addresses)
        {
            // The name asked for, an address of the internet, good for a second, 4 bytes.
            answer.Write([0xC0, HeaderSize, 0, TypeA, 0, 1, 0, 0, 0, 1, 0, 4]);
            answer.Write(address.GetAddressBytes());
        }

        return answer.ToArray();
    }
}
