using GridVolunteer.Groups;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>Loses a share of the datagrams that are sent, message by message; streams pass.</summary>
internal sealed class LossyTransport(ITransport inner, double loss, Random random) : ITransport
{
    public ReadOnlyMemory<byte> Contact => inner.Contact;

    public TransportCounters Counters => inner.Counters;

    public void Start(IArrivals arrivals) => inner.Start(arrivals);

    public bool Learn(ProcessId id, ReadOnlySpan<byte> contact) => inner.Learn(id, contact);

    public void Forget(ProcessId id) => inner.Forget(id);

    public bool Greet(ReadOnlySpan<byte> contact) => inner.Greet(contact);

    public void Announce() => inner.Announce();

    public void Send(ProcessId to, Carrier carrier, ReadOnlySpan<byte> message)
    {
        if (carrier == Carrier.Stream || random.NextDouble() >= loss)
        {
            inner.Send(to, carrier, message);
        }
    }

    public void SendToAll(ReadOnlySpan<ProcessId> to, Carrier carrier, ReadOnlySpan<byte> message)
    {
        foreach (var id in to)
        {
            Send(id, carrier, message);
        }
    }

    public void Flush() => inner.Flush();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
