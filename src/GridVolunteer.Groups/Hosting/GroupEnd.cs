namespace GridVolunteer.Groups.Hosting;

/// <summary>Why a group is over for a process.</summary>
public enum GroupEnd
{
    /// <summary>It left.</summary>
    Left,

    /// <summary>The group was dissolved.</summary>
    Dissolved,

    /// <summary>The others held it for dead, and it was told not to join again.</summary>
    Excluded,

    /// <summary>It read its events so slowly that too many waited.</summary>
    FellBehind,

    /// <summary>The node was stopped.</summary>
    Stopped,
}
