using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;
using GridVolunteer.Workloads.OptionPricing.Portfolios;

namespace GridVolunteer.Workloads.OptionPricing.ClosedForms;

/// <summary>
/// Options on the geometric basket B0 ∏ (S_i(T) / S_i(0))^a_i, where B0 = Σ w_i S_i(0) is the basket's worth
/// now and a_i = w_i S_i(0) / B0 each asset's part of it: it is lognormal.
/// </summary>
internal static class GeometricBasket
{
    /// <summary>Its price with the contract's right and strike; all weights must be above 0.</summary>
    public static double Price(Contract contract)
    {
        var assets = contract.Assets;
        var worth = assets.Sum(asset => asset.Weight * asset.Spot);
        var drift = 0.0;
        var loads = new double[assets.Count];
        for (var i = 0; i < assets.Count; i++)
        {
            var asset = assets[i];
            var part = asset.Weight * asset.Spot / worth;
            drift += part * (contract.Rate - asset.DividendYield - (asset.Volatility * asset.Volatility / 2));
            for (var k = 0; k <= i; k++)
            {
                var factor = contract.CorrelationFactor[CorrelationFactor.Place(i, k)];
                loads[k] += part * asset.Volatility * factor;
            }
        }

        var variance = loads.Sum(load => load * load) * contract.MaturityYears;
        var forward = worth * PortableMath.Exp((drift * contract.MaturityYears) + (variance / 2));
        return BlackScholes.Black(contract, forward, Math.Sqrt(variance)).Value;
    }
}
