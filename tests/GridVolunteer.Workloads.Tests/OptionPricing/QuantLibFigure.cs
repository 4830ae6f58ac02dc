using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>A contract's price by an engine of QuantLib; error is 0 for formulas.</summary>
internal sealed record QuantLibFigure(
    Contract Contract, string Engine, double Price, double Error, double? Delta, double? Vega);
