namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>A unit: consecutive sequences of the database.</summary>
/// <param name="First">The first one's place in the database, from 0.</param>
/// <param name="Count">How many.</param>
public sealed record DatabaseSlice(int First, int Count);
