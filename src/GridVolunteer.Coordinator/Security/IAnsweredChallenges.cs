namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// The challenges that were answered rightly, until they expire, so that each is good once: in one process, or in
/// all silos of a cluster. Safe for concurrent use.
/// </summary>
public interface IAnsweredChallenges
{
    /// <summary>Marks a challenge as answered; of several that do so with one, one alone hears that it did.</summary>
    /// <param name="challenge">What tells it from others.</param>
    /// <param name="expiry">When it is no longer good anyway.</param>
    /// <exception cref="Coordination.Contracts.StorageUnavailableException">Nobody can tell now.</exception>
    ValueTask<SpendOutcome> SpendAsync(UInt128 challenge, DateTimeOffset expiry);
}
