using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>A contract's price and greeks, each for one contract whatever the quantity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"> <c>european</c>, <c>arithmeticAsian</c>, <c>geometricAsian</c>, <c>barrier</c> or
/// <c>basket</c>. </param>
/// <param name="Quantity">How many are held.</param>
/// <param name="Paths">Paths that were sampled.</param>
/// <param name="MissingPaths">Paths that were not, because units failed for good; left out when there are
/// none.</param>
/// <param name="Samples">Independent samples: paths, or pairs of them when they are antithetic.</param>
/// <param name="Price">The price; null with too few samples.</param>
/// <param name="StandardError">The price's standard error.</param>
/// <param name="Interval">Ends of the price's 95 % interval.</param>
/// <param name="Assets">Delta and vega for each asset.</param>
/// <param name="Control">The control variate, or null.</param>
/// <param name="ClosedForm">What a formula gives, or null.</param>
public sealed record ContractOutput(
    string Name,
    string Kind,
    double Quantity,
    long Paths,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long MissingPaths,
    long Samples,
    double? Price,
    double? StandardError,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double?>? Interval,
    IReadOnlyList<AssetOutput> Assets,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ControlOutput? Control,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClosedFormOutput? ClosedForm);
