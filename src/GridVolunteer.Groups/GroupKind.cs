namespace GridVolunteer.Groups;

/// <summary>Who may send to a group.</summary>
public enum GroupKind : byte
{
    /// <summary>Its members only: what others send is refused.</summary>
    Closed = 0,

    /// <summary>Anybody: a member sends on what one that is none posts.</summary>
    Open = 1,
}
