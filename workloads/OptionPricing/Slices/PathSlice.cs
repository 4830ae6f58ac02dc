namespace GridVolunteer.Workloads.OptionPricing.Slices;

/// <summary>
/// A unit: a run of samples of the portfolio, whose contracts lie end to end in their order. It begins in one
/// contract and ends in the same or a later one.
/// </summary>
/// <param name="Contract">The contract it begins in, from 0.</param>
/// <param name="Sample">Its first sample of that one.</param>
/// <param name="EndContract">The contract it ends in.</param>
/// <param name="EndSample">The sample of that one after its last.</param>
public sealed record PathSlice(int Contract, long Sample, int EndContract, long EndSample);
