namespace GridVolunteer.Groups.Hosting;

/// <summary>How far this process is with a group.</summary>
internal enum GroupPhase
{
    /// <summary>Its name is being looked for.</summary>
    Searching,

    /// <summary>Its members have been asked to let this process in.</summary>
    Entering,

    /// <summary>It is in a view.</summary>
    In,

    /// <summary>No majority of its view could be reached, and nothing has gone on since.</summary>
    Stalled,

    /// <summary>The others have been asked for a view without this process; whatever ends it here is what was wanted.</summary>
    Leaving,

    /// <summary>It has left, or the group has ended.</summary>
    Over,
}
