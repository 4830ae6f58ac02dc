namespace GridVolunteer.Workloads.OptionPricing.Sums;

/// <summary>Sums over samples of one contract.</summary>
/// <param name="Contract">Its place in the portfolio, from 0.</param>
/// <param name="Bucket">Which of the contract's buckets; 0 where there is one only.</param>
/// <param name="Text">The exact sums in decimal digits.</param>
public sealed record ContractSums(int Contract, int Bucket, string Text);
