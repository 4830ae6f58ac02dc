using GridVolunteer.Groups.Register;

namespace GridVolunteer.Groups.Hosting;

/// <summary>A group cannot be joined.</summary>
/// <param name="name">Its name.</param>
/// <param name="reason">Why.</param>
public sealed class GroupDeniedException(string name, DenialReason reason)
    : Exception($"The group '{name}' cannot be joined: {reason}.")
{
    /// <summary>Why.</summary>
    public DenialReason Reason { get; } = reason;
}
