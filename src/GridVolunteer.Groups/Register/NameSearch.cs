namespace GridVolunteer.Groups.Register;

/// <summary>A name that is asked for.</summary>
internal sealed class NameSearch(string name, GroupKind kind, GroupRule rule)
{
    public string Name { get; } = name;

    public GroupKind Kind { get; } = kind;

    public GroupRule Rule { get; } = rule;

    /// <summary>When nobody counts as having it.</summary>
    public TimeSpan EndsAt { get; set; }
}
