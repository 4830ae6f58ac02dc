namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>What a formula gives for a contract, to compare with.</summary>
/// <param name="Formula">Its name.</param>
/// <param name="Exact">Whether it is that of the contract itself, or one that comes near.</param>
/// <param name="Price">The price.</param>
/// <param name="Delta">By the spot.</param>
/// <param name="Vega">By the volatility, per 1.00 of it.</param>
public sealed record ClosedFormOutput(string Formula, bool Exact, double? Price, double? Delta, double? Vega);
