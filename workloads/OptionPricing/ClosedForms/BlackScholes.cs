using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.ClosedForms;

/// <summary>
/// European options on one asset (Black and Scholes 1973, Merton 1973), written as Black's formula (1976),
/// which also serves every other payoff whose underlying is lognormal at maturity.
/// </summary>
internal static class BlackScholes
{
    /// <summary>The European on the contract's one asset.</summary>
    public static Dual Price(Contract contract)
    {
        var asset = contract.Assets[0];
        var growth = (contract.Rate - asset.DividendYield) * contract.MaturityYears;
        var forward = Dual.Spot(asset.Spot) * PortableMath.Exp(growth);
        var deviation = Dual.Volatility(asset.Volatility) * Math.Sqrt(contract.MaturityYears);
        return Black(contract, forward, deviation);
    }

    /// <summary>
    /// The contract's payoff on a lognormal number with this mean and this deviation of its logarithm,
    /// discounted.
    /// </summary>
    public static Dual Black(Contract contract, Dual forward, Dual deviation)
    {
        var above = (Dual.Log(forward / contract.Strike) / deviation) + (deviation / 2);
        var below = above - deviation;
        var discount = PortableMath.Exp(-contract.Rate * contract.MaturityYears);
        return contract.Right == OptionRight.Call
            ? discount * ((forward * Dual.NormalCdf(above)) - (contract.Strike * Dual.NormalCdf(below)))
            : discount * ((contract.Strike * Dual.NormalCdf(-below)) - (forward * Dual.NormalCdf(-above)));
    }
}
