namespace GridVolunteer.Workloads.OptionPricing.Output;

/// <summary>An estimated derivative of a price.</summary>
/// <param name="Value">The estimate; null without samples.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Method"><c>pathwise</c> or <c>likelihoodRatio</c>.</param>
public sealed record GreekOutput(double? Value, double? StandardError, string Method);
