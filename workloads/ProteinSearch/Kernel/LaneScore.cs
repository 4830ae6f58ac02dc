namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>A sequence that left its lane.</summary>
/// <param name="Id">What it was admitted as.</param>
/// <param name="Score">Its score; at the kernel's limit it is only known to be at least that.</param>
internal readonly record struct LaneScore(int Id, int Score);
