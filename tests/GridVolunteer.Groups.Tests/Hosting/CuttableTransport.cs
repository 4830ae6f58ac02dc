using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Groups.Tests.Hosting;

/// <summary>A real network behind a cable that a test can pull out.</summary>
internal sealed class CuttableTransport(ProcessId self) : ITransport
{
    private readonly NetworkTransport _inner = new(self, new TransportOptions(), TimeProvider.System);
    private volatile bool _isCut;

    public ProcessId Self => self;

    /// <summary>True while nothing comes or goes.</summary>
    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    public ReadOnlyMemory<byte> Contact => _inner.Contact;

    public TransportCounters Counters => _inner.Counters;

    public void Start(IArrivals arrivals) => _inner.Start(new Arrivals(this, arrivals));

    public bool Learn(ProcessId id, ReadOnlySpan<byte> contact) => _inner.Learn(id, contact);

    public void Forget(ProcessId id) => _inner.Forget(id);

    public bool Greet(ReadOnlySpan<byte> contact) => !IsCut && _inner.Greet(contact);

    public void Announce()
    {
        if (!IsCut)
        {
            _inner.Announce();
        }
    }

    public void Send(ProcessId to, Carrier carrier, ReadOnlySpan<byte> message)
    {
        if (!IsCut)
        {
            _inner.Send(to, carrier, message);
        }
    }

    public void SendToAll(ReadOnlySpan<ProcessId> to, Carrier carrier, ReadOnlySpan<byte> message)
    {
        if (!IsCut)
        {
            _inner.SendToAll(to, carrier, message);
        }
    }

    public void Flush() => _inner.Flush();

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private sealed class Arrivals(CuttableTransport cable, IArrivals inner) : IArrivals
    {
        public bool TryTake(ProcessId from, ReadOnlySpan<byte> messages) => cable.IsCut || inner.TryTake(from, messages);

        public void Ready() => inner.Ready();

        public Task WhenRoomAsync(CancellationToken cancellationToken) => inner.WhenRoomAsync(cancellationToken);

        public void SendFailed(ProcessId to) => inner.SendFailed(to);

        public void Met(ProcessId id, ReadOnlySpan<byte> contact, bool isVouchedFor)
        {
            if (!cable.IsCut)
            {
                inner.Met(id, contact, isVouchedFor);
            }
        }
    }
}
