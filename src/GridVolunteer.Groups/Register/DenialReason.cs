namespace GridVolunteer.Groups.Register;

/// <summary>Why a name cannot be had.</summary>
public enum DenialReason : byte
{
    /// <summary>A group of that name has another kind, or another rule.</summary>
    OtherKind = 0,

    /// <summary>Whoever decides does not let this process in.</summary>
    NotAllowed = 1,

    /// <summary>The register is full.</summary>
    Full = 2,

    /// <summary>A hierarchical group can only be made by a group server, and none is there.</summary>
    NoServer = 3,
}
