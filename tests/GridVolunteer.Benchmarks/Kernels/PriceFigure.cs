namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>A price found by sampling.</summary>
/// <param name="Price">The mean.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record PriceFigure(double Price, double StandardError);
