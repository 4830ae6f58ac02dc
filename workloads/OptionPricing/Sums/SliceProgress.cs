namespace GridVolunteer.Workloads.OptionPricing.Sums;

/// <summary>A unit's checkpoint: what its first samples gave.</summary>
/// <param name="Contract">The contract to go on with.</param>
/// <param name="Sample">The sample to go on with.</param>
/// <param name="Sums">The sums so far.</param>
public sealed record SliceProgress(int Contract, long Sample, PartialSums Sums);
