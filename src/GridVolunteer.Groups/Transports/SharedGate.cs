using GridVolunteer.Groups.Framing;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// The gate that all frames of a transport pass, whichever thread they come on: one at a time, so that the hook
/// behind it need not care.
/// </summary>
internal sealed class SharedGate(IFrameProtection? protection, TransportCounters counters)
{
    private readonly Lock _lock = new();
    private readonly FrameGate _gate = new(protection);

    /// <summary>True when frames are sealed.</summary>
    public bool Seals { get; } = protection is not null;

    /// <summary>Writes a frame as it travels to a process.</summary>
    public void Seal(ProcessId to, ReadOnlySpan<byte> frame, WireWriter into)
    {
        if (!Seals)
        {
            into.WriteRaw(frame);
            return;
        }

        lock (_lock)
        {
            into.WriteRaw(_gate.Seal(to, frame));
        }
    }

    /// <summary>Hands on what a frame holds; nothing happens but a count when it does not open.</summary>
    /// <returns>What the arrivals said; true for a frame that did not open, as nobody waits for room for it.</returns>
    public bool TryHandOn(ProcessId from, ReadOnlySpan<byte> received, IArrivals arrivals)
    {
        if (!Seals)
        {
            return arrivals.TryTake(from, received);
        }

        lock (_lock)
        {
            if (_gate.TryOpen(from, received, out var frame))
            {
                return arrivals.TryTake(from, frame);
            }
        }

        counters.OnRefused(RefusalReason.Unauthentic);
        return true;
    }

    /// <summary>Writes a frame as it travels to all who listen; false when it cannot be sealed for all.</summary>
    public bool TrySealForAll(ReadOnlySpan<byte> frame, WireWriter into)
    {
        if (!Seals)
        {
            into.WriteRaw(frame);
            return true;
        }

        lock (_lock)
        {
            return protection!.TrySealForAll(frame, into);
        }
    }

    /// <summary>Opens a frame that was sent to all who listen, into bytes of its own where it was sealed.</summary>
    public bool TryOpenForAll(ProcessId from, ReadOnlySpan<byte> received, out ReadOnlySpan<byte> frame)
    {
        frame = received;
        if (!Seals)
        {
            return true;
        }

        var opened = new WireWriter();
        lock (_lock)
        {
            if (protection!.TryOpenForAll(from, received, opened))
            {
                frame = opened.Written;
                return true;
            }
        }

        counters.OnRefused(RefusalReason.Unauthentic);
        return false;
    }

    /// <summary>Opens a frame into bytes of its own.</summary>
    public bool TryOpen(ProcessId from, ReadOnlySpan<byte> received, out byte[] frame)
    {
        lock (_lock)
        {
            if (_gate.TryOpen(from, received, out var opened))
            {
                frame = opened.ToArray();
                return true;
            }
        }

        counters.OnRefused(RefusalReason.Unauthentic);
        frame = [];
        return false;
    }
}
