namespace GridVolunteer.Groups.CommitReveal;

/// <summary>Why a member's result does not count in a round; its copy is issued again.</summary>
public enum VoidReason
{
    /// <summary>The CLOSE does not list its commitment: it came late, or not at all.</summary>
    NotListed,

    /// <summary>It was listed and not revealed in time.</summary>
    NotRevealed,

    /// <summary>What was revealed does not open the commitment: a copy, or a change of mind.</summary>
    DoesNotOpen,
}
