namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// How samples are drawn. The same options, contract and index give the same samples anywhere.
/// </summary>
/// <param name="Seed">The generator's key.</param>
/// <param name="Antithetic">
/// Whether a sample is the mean of two paths, the second with every normal's sign turned.
/// </param>
/// <param name="ControlVariate">Whether the contract's control is sampled too.</param>
internal sealed record SamplingOptions(ulong Seed, bool Antithetic, bool ControlVariate);
