using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>What a process has sent or been delivered of what is causal, with all that those followed.</summary>
internal sealed class CausalHistory
{
    private ulong[] _bits = [];

    /// <summary>The greatest time stamp it has been delivered.</summary>
    public DateTimeOffset Stamp { get; private set; }

    public ulong[] Copy() => (ulong[])_bits.Clone();

    public void Add(OrderMessage message)
    {
        AddFollowed(message);
        if (message.Index / 64 >= _bits.Length)
        {
            Array.Resize(ref _bits, (message.Index / 64) + 1);
        }

        _bits[message.Index / 64] |= 1UL << (message.Index % 64);
    }

    /// <summary>Adds what a message follows, without the message.</summary>
    public void AddFollowed(OrderMessage message)
    {
        if (message.Follows.Length > _bits.Length)
        {
            Array.Resize(ref _bits, message.Follows.Length);
        }

        for (var i = 0; i < message.Follows.Length; i++)
        {
            _bits[i] |= message.Follows[i];
        }
    }

    public bool Has(int index) => Has(_bits, index);

    public static bool Has(ulong[] bits, int index) =>
        index / 64 < bits.Length && (bits[index / 64] >> (index % 64) & 1) == 1;

    public void Deliver(OrderedEvent.Message delivered, OrderMessage message)
    {
        if (message.Delivery.Level() == Delivery.Causal)
        {
            Add(message);
        }

        if (delivered.Time is { } time && time.Time > Stamp)
        {
            Stamp = time.Time;
        }
    }
}
