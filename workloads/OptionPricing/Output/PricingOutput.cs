using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>The job's output.</summary>
/// <param name="Portfolio">The portfolio as a whole.</param>
/// <param name="Contracts">One entry for each contract, in the portfolio's order.</param>
/// <param name="Plots">The convergence of one contract.</param>
public sealed record PricingOutput(
    PortfolioOutput Portfolio, IReadOnlyList<ContractOutput> Contracts, IReadOnlyList<Plot> Plots);
