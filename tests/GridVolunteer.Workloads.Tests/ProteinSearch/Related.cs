namespace GridVolunteer.Workloads.Tests.ProteinSearch;

/// <summary>
/// Two proteins for a property test, the second often made from the first, so that long alignments with gaps
/// occur.
/// </summary>
public sealed record Related(byte[] Query, byte[] Target);
