using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.OptionPricing.ClosedForms;

/// <summary>
/// Options on the geometric mean of equally spaced fixings: a product of lognormals is lognormal (Kemna and
/// Vorst 1990).
/// </summary>
internal static class GeometricAsian
{
    /// <summary>
    /// The geometric Asian with the contract's right, strike and fixings, whatever its own mean is.
    /// </summary>
    public static Dual Price(Contract contract)
    {
        var asset = contract.Assets[0];
        double n = contract.Fixings;
        var volatility = Dual.Volatility(asset.Volatility);

        // The fixings' mean time, and the variance of their mean for a volatility of 1.
        var time = contract.MaturityYears * (n + 1) / (2 * n);
        var spread = contract.MaturityYears * (n + 1) * ((2 * n) + 1) / (6 * n * n);
        var variance = volatility * volatility * spread;
        var drift = (contract.Rate - asset.DividendYield - (volatility * volatility / 2)) * time;
        var forward = Dual.Spot(asset.Spot) * Dual.Exp(drift + (variance / 2));
        return BlackScholes.Black(contract, forward, Dual.Sqrt(variance));
    }
}
