using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>The portfolio as a whole.</summary>
/// <param name="Value">Quantities times prices, added up; null while a contract has too few samples.</param>
/// <param name="StandardError">Its standard error: contracts are sampled independently of each other.</param>
/// <param name="Interval">Ends of its 95 % interval.</param>
/// <param name="Assets">Delta and vega by asset, for assets with names, in order of appearance.</param>
public sealed record PortfolioOutput(
    double? Value,
    double? StandardError,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double?>? Interval,
    IReadOnlyList<ExposureOutput> Assets);
