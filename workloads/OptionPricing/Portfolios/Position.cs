using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>A contract and how many of it are held.</summary>
/// <param name="Contract">What is priced.</param>
/// <param name="Quantity">How many are held; negative when sold.</param>
/// <param name="AssetNames">
/// Names of the contract's assets in their order, null where the portfolio has none.
/// </param>
internal sealed record Position(Contract Contract, double Quantity, IReadOnlyList<string?> AssetNames);
