using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Hosting;

/// <summary>How a process takes part in a group.</summary>
public sealed record JoinOptions
{
    /// <summary>Who decides on who is in the group. Default: the members, all alike.</summary>
    public GroupRule Rule { get; init; } = GroupRule.Peers;

    /// <summary>
    /// Makes the state of the group as of what this process has read from <see cref="Group.Events"/>; it is called
    /// while that is read, when others join. Null (the default) when those who join begin with nothing. All members do
    /// this alike, with one or without.
    /// </summary>
    public Func<ReadOnlyMemory<byte>>? ProvideState { get; init; }

    /// <summary>Joins again when the others held this process for dead. Default true.</summary>
    public bool RejoinsWhenExcluded { get; init; } = true;

    /// <summary>How members deal with each other: the same for all of them.</summary>
    public GroupOptions Group { get; init; } = new();

    /// <summary>
    /// How many events may wait to be read. Default 65,536. Beyond that this process leaves the group, so that it does
    /// not hold up the others.
    /// </summary>
    public int EventsMax { get; init; } = 65_536;

    /// <summary>How many bytes of messages may wait to be read. Default 64 MiB.</summary>
    public long EventBytesMax { get; init; } = 64 << 20;
}
