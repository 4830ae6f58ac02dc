namespace GridVolunteer.Workloads.OptionPricing.Sums;

/// <summary>
/// The result of a unit or a merge: exact sums, in the order of contracts and buckets. Whole numbers only, so
/// results of different machines agree byte for byte.
/// </summary>
/// <param name="Parts">What was sampled; contracts and buckets without samples are left out.</param>
public sealed record PartialSums(IReadOnlyList<ContractSums> Parts);
