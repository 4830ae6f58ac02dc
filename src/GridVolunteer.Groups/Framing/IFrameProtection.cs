using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Framing;

/// <summary>
/// Seals frames so that only their receiver can open them and nobody else can have made them, for example by a
/// key exported from the two processes' TLS link. Where frames run inside such a link this is not needed.
/// </summary>
public interface IFrameProtection
{
    /// <summary>Writes a frame, sealed for a process.</summary>
    void Seal(ProcessId to, ReadOnlySpan<byte> frame, WireWriter into);

    /// <summary>
    /// Writes the frame that a process sealed for this one. False, and it does not matter what is written, when
    /// the seal does not fit. Bytes of any kind may come in; it does not throw.
    /// </summary>
    bool TryOpen(ProcessId from, ReadOnlySpan<byte> sealedFrame, WireWriter into);

    /// <summary>
    /// Writes a frame sealed for all processes of the local network at once, for its group address. False, and it does not
    /// matter what is written, when there is no key that they share, which is the default: then each receiver gets a frame
    /// of its own.
    /// </summary>
    bool TrySealForAll(ReadOnlySpan<byte> frame, WireWriter into) => false;

    /// <summary>
    /// Writes the frame that a process sealed for all. False, and it does not matter what is written, when the seal does
    /// not fit, or there is no such key. Bytes of any kind may come in; it does not throw.
    /// </summary>
    bool TryOpenForAll(ProcessId from, ReadOnlySpan<byte> sealedFrame, WireWriter into) => false;
}
