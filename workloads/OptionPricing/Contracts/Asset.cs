namespace GridVolunteer.Workloads.OptionPricing.Contracts;

/// <summary>An asset under geometric Brownian motion.</summary>
/// <param name="Spot">Its price now, above 0.</param>
/// <param name="Volatility">Annual, as a fraction: 0.2 is 20 %; above 0.</param>
/// <param name="DividendYield">Continuous, a year, as a fraction.</param>
/// <param name="Weight">Its share in a basket; 1 elsewhere.</param>
public sealed record Asset(double Spot, double Volatility, double DividendYield, double Weight = 1);
