using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Register;

/// <summary>What a message of an open group holds.</summary>
/// <param name="Author">Who posted it, in which life; null when the member that sent it wrote it.</param>
/// <param name="Number">The author's number of it; 0 for a member's own.</param>
/// <param name="Payload">What was sent.</param>
/// <param name="IsRepeated">True when it was delivered before, and is to be passed over.</param>
public sealed record OpenedMessage(
    MemberLife? Author, ulong Number, ReadOnlyMemory<byte> Payload, bool IsRepeated);
