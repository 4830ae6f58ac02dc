using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GridVolunteer.Workloads.OptionPricing;

/// <summary>How a portfolio is priced.</summary>
/// <param name="Paths">Paths of each contract.</param>
/// <param name="Antithetic">Whether paths come in pairs with opposite signs.</param>
/// <param name="ControlVariate">Whether estimates are regressed on a quantity whose mean is known.</param>
/// <param name="Seed">Key of the random numbers.</param>
/// <param name="PlotContract">The contract whose convergence is drawn; null for the first.</param>
/// <param name="UnitSteps">Path steps that one unit computes, or null to let the planner choose.</param>
public sealed record PricingParameters(
    [property: Description("Paths of each contract; even with antithetic paths.")]
    [property: Range(PricingParameters.PathsMin, PricingParameters.PathsMax)]
    long Paths = 1_000_000,
    [property: Description("Whether paths come in pairs with opposite signs; part of the error goes.")]
    bool Antithetic = true,
    [property: Description("Whether a like quantity of known mean corrects estimates; most of the error goes.")]
    bool ControlVariate = true,
    [property: Description("Key of the random numbers: another seed gives another, independent answer.")]
    ulong Seed = 1,
    [property: Description("Name of the contract whose convergence is drawn; the first when absent.")]
    string? PlotContract = null,
    [property: Description("Path steps that one unit computes; chosen by the size of the job when absent.")]
    [property: Range(1, 1L << 50)]
    long? UnitSteps = null)
{
    private const long PathsMin = 100;
    private const long PathsMax = 1_000_000_000_000;

    /// <summary>What is sampled independently: a path, or a pair of them.</summary>
    internal long Samples => Antithetic ? Paths / 2 : Paths;

    /// <summary>Paths of one sample.</summary>
    internal int PathsPerSample => Antithetic ? 2 : 1;
}
