using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Validation;

/// <summary>Units whose canonical results stand one after the other in one row.</summary>
/// <param name="Units">The units.</param>
/// <param name="Place">Where the first one's result lies.</param>
internal readonly record struct CanonicalEntry(LocalRun Units, ResultPlace Place)
{
    /// <summary>Whether units and results of <paramref name="next"/> come right after these.</summary>
    public bool IsFollowedBy(CanonicalEntry next) =>
        Units.End == next.Units.Start
        && next.Place == Place with { Ordinal = Place.Ordinal + Units.Count };

    /// <summary>These and <paramref name="more"/> following ones.</summary>
    public CanonicalEntry With(int more) =>
        this with { Units = new LocalRun(Units.Start, Units.Count + more) };
}
