using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>How a price moves with one of the contract's assets.</summary>
/// <param name="Name">The asset's name; left out where the portfolio gives none.</param>
/// <param name="Delta">By the asset's spot.</param>
/// <param name="Vega">By the asset's volatility, per 1.00 of it: a hundred times that per percentage
/// point.</param>
public sealed record AssetOutput(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    GreekOutput Delta,
    GreekOutput Vega);
