namespace GridVolunteer.Groups.Multicast;

/// <summary>A message that is kept until everybody has it.</summary>
internal sealed class StoredMessage(ReadOnlyMemory<byte> payload, bool isSafe)
{
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public bool IsSafe { get; } = isSafe;

    /// <summary>When it was sent first, at its sender.</summary>
    public TimeSpan SentAt { get; init; }

    /// <summary>True once it was sent again: then its receipt says nothing about the round trip.</summary>
    public bool WasResent { get; set; }
}
