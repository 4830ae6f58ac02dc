namespace GridVolunteer.Groups.FailureDetection;

/// <summary>The process a detector belongs to, as it makes itself known.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Boot">
/// How often it has started, from 1: the host keeps the count across restarts. (The start's time in seconds will
/// do where nothing can be kept.)
/// </param>
/// <param name="Contact">Where it is reached, in the host's own words; at most 128 bytes.</param>
public sealed record LocalProcess(ProcessId Id, ulong Boot, ReadOnlyMemory<byte> Contact)
{
    /// <summary>The most bytes a contact may have.</summary>
    public const int ContactSizeBytesMax = 128;
}
