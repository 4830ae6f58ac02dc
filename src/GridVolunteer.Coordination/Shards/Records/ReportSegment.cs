using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>Neighbouring reported units with the same fate.</summary>
/// <param name="Units">The units.</param>
/// <param name="Fate">What their results do.</param>
/// <param name="Group">For <see cref="ResultFate.Joins"/> and <see cref="ResultFate.Agrees"/>: the
/// group.</param>
/// <param name="Agreeing">For results that wait: how many of the unit's results agree now at most.</param>
/// <param name="Ordinal">For results that are stored: the first one's place in the report's row.</param>
internal readonly record struct ReportSegment(
    LocalRun Units, ResultFate Fate, int Group, int Agreeing, int Ordinal)
{
    /// <summary>Whether the results' bytes go into the report's row.</summary>
    public bool IsStored => Fate is ResultFate.Valid or ResultFate.Opens;

    /// <summary>
    /// Whether one more unit with <paramref name="other"/>'s fate only lengthens this segment.
    /// </summary>
    public bool Continues(ReportSegment other) =>
        Units.End == other.Units.Start
        && (Fate, Group, Agreeing) == (other.Fate, other.Group, other.Agreeing);
}
