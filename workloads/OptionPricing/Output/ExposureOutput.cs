namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>How the whole portfolio moves with one named asset.</summary>
/// <param name="Name">The asset's name.</param>
/// <param name="Delta">Quantities times deltas, added up over all contracts on the asset.</param>
/// <param name="DeltaStandardError">Its standard error.</param>
/// <param name="Vega">Quantities times vegas, added up, per 1.00 of volatility.</param>
/// <param name="VegaStandardError">Its standard error.</param>
public sealed record ExposureOutput(
    string Name, double? Delta, double? DeltaStandardError, double? Vega, double? VegaStandardError);
