using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.OptionPricing.ClosedForms;

/// <summary>What a formula gives for a contract, to compare the simulation with.</summary>
/// <param name="Formula">Its name.</param>
/// <param name="IsExact">
/// Whether it is that of the contract itself; false for one that comes near, such as a barrier's.
/// </param>
/// <param name="Price">Price, delta by the one asset's spot, and vega per 1.00 of its volatility.</param>
internal sealed record ClosedForm(string Formula, bool IsExact, Dual Price)
{
    /// <summary>
    /// The formula for a contract; null where there is none, or its numbers are too extreme for it.
    /// </summary>
    public static ClosedForm? Of(Contract contract)
    {
        var form = contract.Kind switch
        {
            ContractKind.European =>
                new ClosedForm("Black-Scholes-Merton", true, BlackScholes.Price(contract)),
            ContractKind.GeometricAsian =>
                new ClosedForm("discrete geometric mean", true, GeometricAsian.Price(contract)),
            ContractKind.Barrier => new ClosedForm(
                "Reiner-Rubinstein, corrected for fixings",
                false,
                BarrierFormula.DiscretePrice(contract)),
            _ => null,
        };
        return form is { Price: var p }
            && double.IsFinite(p.Value) && double.IsFinite(p.BySpot) && double.IsFinite(p.ByVolatility)
            ? form
            : null;
    }
}
