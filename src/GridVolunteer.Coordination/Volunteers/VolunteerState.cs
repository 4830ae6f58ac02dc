namespace GridVolunteer.Coordination.Volunteers;

/// <summary>How the coordinator sees a volunteer.</summary>
public enum VolunteerState
{
    /// <summary>Shards know of it, but it has not beaten since the coordinator started.</summary>
    Awaited,

    /// <summary>Heard from within the limit.</summary>
    Alive,

    /// <summary>Not heard from for longer than the limit.</summary>
    Silent,

    /// <summary>Said goodbye.</summary>
    Gone,
}
