namespace GridVolunteer.Groups.Hosting;

/// <summary>Why a process begins anew in a group.</summary>
public enum GroupInterruption
{
    /// <summary>The others held it for dead and have gone on without it; it joins again.</summary>
    Excluded,

    /// <summary>Two groups had been made under one name; this one gave way, and the other is joined.</summary>
    Superseded,
}
