using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Framing;

/// <summary>
/// Where a host's frames pass the hook that protects them: out sealed, in opened, and what does not open is
/// refused and counted.
/// </summary>
/// <param name="protection">The hook; null where the transport protects already.</param>
public sealed class FrameGate(IFrameProtection? protection)
{
    private readonly WireWriter _out = new();
    private readonly WireWriter _in = new();

    /// <summary>Frames that did not open.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>The frame as it travels. Valid until the next.</summary>
    public ReadOnlySpan<byte> Seal(ProcessId to, ReadOnlySpan<byte> frame)
    {
        if (protection is null)
        {
            return frame;
        }

        _out.Clear();
        protection.Seal(to, frame, _out);
        return _out.Written;
    }

    /// <summary>The frame as it was before its sender sealed it. Valid until the next.</summary>
    public bool TryOpen(ProcessId from, ReadOnlySpan<byte> received, out ReadOnlySpan<byte> frame)
    {
        frame = received;
        if (protection is null)
        {
            return true;
        }

        _in.Clear();
        if (!protection.TryOpen(from, received, _in))
        {
            Refusals.Count(RefusalReason.Unauthentic);
            frame = default;
            return false;
        }

        frame = _in.Written;
        return true;
    }
}
