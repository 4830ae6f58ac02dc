using GridVolunteer.Protocol.Events;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>What a volunteer's host must carry out.</summary>
/// <param name="Duties">Calls to shards, in any order, at most one a shard.</param>
/// <param name="Change">The event to publish when the volunteer's state changed, or null.</param>
public sealed record VolunteerOutcome(IReadOnlyList<VolunteerDuty> Duties, GridEvent? Change)
{
    /// <summary>Nothing to do.</summary>
    public static VolunteerOutcome Nothing { get; } = new([], null);

    internal static VolunteerOutcome Of(IReadOnlyList<VolunteerDuty> duties, GridEvent? change) =>
        duties.Count == 0 && change is null ? Nothing : new VolunteerOutcome(duties, change);
}
