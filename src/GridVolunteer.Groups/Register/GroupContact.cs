using GridVolunteer.Groups.FailureDetection;

namespace GridVolunteer.Groups.Register;

/// <summary>A process, and how a transport gets to it.</summary>
/// <param name="Id">The process.</param>
/// <param name="Address">
/// Opaque bytes, the transport's matter; at most <see cref="LocalProcess.ContactSizeBytesMax"/>. Empty when it is
/// not known.
/// </param>
public readonly record struct GroupContact(ProcessId Id, ReadOnlyMemory<byte> Address)
{
    /// <inheritdoc/>
    public bool Equals(GroupContact other) => Id == other.Id && Address.Span.SequenceEqual(other.Address.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();
}
