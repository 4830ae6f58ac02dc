namespace GridVolunteer.Coordination.Validation;

/// <summary>Where a result's bytes lie.</summary>
/// <param name="Row">The shard's result row, from 1.</param>
/// <param name="Ordinal">Which entry of the row, from 0.</param>
internal readonly record struct ResultPlace(int Row, int Ordinal);
