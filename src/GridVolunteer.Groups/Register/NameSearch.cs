namespace GridVolunteer.Groups.Register;

/// <summary>A name that is asked for.</summary>
internal sealed class NameSearch(string name, GroupKind kind, GroupRule rule)
{
    public string Name { get; } = name;

    public GroupKind Kind { get; } = kind;

    public GroupRule Rule { get; } = rule;

    /// <summary>The group of that name that this process tries to join, in vain so far.</summary>
    public GroupId? Joining { get; init; }

    /// <summary>True when it only looks for members to send posts to.</summary>
    public bool IsForPosts { get; init; }

    /// <summary>True once the server has been silent for too long: then the others are asked.</summary>
    public bool IsServerSilent { get; set; }

    /// <summary>When those are asked again who have not answered.</summary>
    public TimeSpan AsksAt { get; set; }

    /// <summary>When nobody counts as having it.</summary>
    public TimeSpan EndsAt { get; set; }

    /// <summary>How often another that asks for the same name was let go first.</summary>
    public int Yields { get; set; }

    /// <summary>Those who know none.</summary>
    public HashSet<ProcessId> Ignorant { get; } = [];

    /// <summary>Members that others have told of.</summary>
    public HashSet<ProcessId> Hinted { get; } = [];
}
