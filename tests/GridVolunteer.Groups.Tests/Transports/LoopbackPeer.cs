using System.Net;
using GridVolunteer.Groups.Framing;
using GridVolunteer.Groups.Transports;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Transports;

/// <summary>A process with nothing but a transport, on loopback.</summary>
internal sealed class LoopbackPeer : IAsyncDisposable
{
    public LoopbackPeer(int number, LanOptions? lan = null, IFrameProtection? protection = null, int port = 0)
    {
        Id = new ProcessId(((UInt128)number << 96) + (UInt128)number);
        Transport = new NetworkTransport(
            Id,
            new TransportOptions
            {
                Lan = lan,
                Protection = protection,
                Listen = new IPEndPoint(IPAddress.Loopback, port),
            },
            TimeProvider.System);
        Transport.Start(Arrivals);
    }

    public ProcessId Id { get; }

    public NetworkTransport Transport { get; }

    public CollectedArrivals Arrivals { get; } = new();

    /// <summary>A message of a family, with a body of its own.</summary>
    public static byte[] Message(MessageFamily family, int sizeBytes, byte fill = 7)
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage((byte)family, 1);
        writer.WriteRaw(Enumerable.Repeat(fill, sizeBytes).ToArray());
        writer.End(mark);
        return writer.Written.ToArray();
    }

    public void Learn(params LoopbackPeer[] others)
    {
        foreach (var other in others)
        {
            Assert.True(Transport.Learn(other.Id, other.Transport.Contact.Span));
        }
    }

    public ValueTask DisposeAsync() => Transport.DisposeAsync();
}
