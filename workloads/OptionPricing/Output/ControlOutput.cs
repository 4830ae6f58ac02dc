namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>The control variate of a contract and what it did for the price.</summary>
/// <param name="Kind"><c>terminalSpot</c>, <c>vanilla</c>, <c>geometricAsian</c> or
/// <c>geometricBasket</c>.</param>
/// <param name="Mean">Its exact mean.</param>
/// <param name="Beta">How much the payoff moves with it.</param>
/// <param name="VarianceReduction"> How many times as many paths the same error would take without it; null
/// when it explains the payoff wholly. </param>
public sealed record ControlOutput(string Kind, double? Mean, double? Beta, double? VarianceReduction);
