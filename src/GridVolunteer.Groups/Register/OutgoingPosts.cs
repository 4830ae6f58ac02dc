namespace GridVolunteer.Groups.Register;

/// <summary>What this process posts to one group that it is not in, one after the other.</summary>
internal sealed class OutgoingPosts(GroupEntry entry)
{
    public GroupEntry Entry { get; set; } = entry;

    public Queue<(ulong Number, ReadOnlyMemory<byte> Payload, TimeSpan EndsAt)> Waiting { get; } = new();

    /// <summary>Which of the members is tried.</summary>
    public int Turn { get; set; }

    /// <summary>How often that one has been.</summary>
    public int Tries { get; set; }

    public TimeSpan SendsAt { get; set; }
}
