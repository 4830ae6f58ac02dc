namespace GridVolunteer.Groups.CommitReveal;

/// <summary>Where a round stands at one member.</summary>
public enum RoundState
{
    /// <summary>Commitments come in; nothing is shown.</summary>
    Open,

    /// <summary>The list of commitments is fixed; members reveal.</summary>
    Closed,

    /// <summary>Every member is revealed or void.</summary>
    Settled,

    /// <summary>No CLOSE came in time.</summary>
    Abandoned,
}
