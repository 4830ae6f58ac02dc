using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.ClosedForms;

/// <summary>
/// Barrier options without rebate on one asset, the barrier watched all the time (Reiner and Rubinstein 1991,
/// as written by Haug, "The Complete Guide to Option Pricing Formulas", 2007, section 4.17), and watched at
/// fixings only: the barrier then counts as farther away by a factor of exp(β σ √Δt) (Broadie, Glasserman and
/// Kou 1997).
/// </summary>
internal sealed class BarrierFormula
{
    /// <summary>β = -ζ(1/2) / √(2π).</summary>
    private const double Beta = 0.582597157939010672;

    private readonly double _call;
    private readonly double _down;
    private readonly double _strike;
    private readonly double _discount;
    private readonly double _yield;
    private readonly Dual _spot;
    private readonly Dual _barrier;
    private readonly Dual _deviation;
    private readonly Dual _power;

    private BarrierFormula(Contract contract, Dual barrier)
    {
        var asset = contract.Assets[0];
        var years = contract.MaturityYears;
        var volatility = Dual.Volatility(asset.Volatility);
        _call = contract.Right == OptionRight.Call ? 1 : -1;
        _down = contract.BarrierKind is BarrierKind.DownAndIn or BarrierKind.DownAndOut ? 1 : -1;
        _strike = contract.Strike;
        _discount = PortableMath.Exp(-contract.Rate * years);
        _yield = PortableMath.Exp(-asset.DividendYield * years);
        _spot = Dual.Spot(asset.Spot);
        _barrier = barrier;
        _deviation = volatility * Math.Sqrt(years);
        _power = ((contract.Rate - asset.DividendYield) / (volatility * volatility)) - 0.5;
    }

    /// <summary>The price with the barrier watched at the contract's fixings: good, not exact.</summary>
    public static Dual DiscretePrice(Contract contract)
    {
        var step = Math.Sqrt(contract.MaturityYears / contract.Fixings);
        var shift = Dual.Exp(Beta * step * Dual.Volatility(contract.Assets[0].Volatility));
        var isUp = contract.BarrierKind is BarrierKind.UpAndIn or BarrierKind.UpAndOut;
        return Price(contract, isUp ? contract.Barrier * shift : contract.Barrier / shift);
    }

    /// <summary>The exact price with the barrier watched all the time.</summary>
    public static Dual ContinuousPrice(Contract contract) => Price(contract, contract.Barrier);

    private static Dual Price(Contract contract, Dual barrier)
    {
        var isIn = contract.BarrierKind is BarrierKind.UpAndIn or BarrierKind.DownAndIn;
        var formula = new BarrierFormula(contract, barrier);

        // In and out make a European; written in the same terms, an out that can never pay is exactly 0.
        return isIn ? formula.In() : formula.Direct(formula._spot / formula._strike) - formula.In();
    }

    /// <summary>The knock-in's price.</summary>
    private Dual In()
    {
        var strikeIsAbove = _strike > _barrier.Value;
        return (_call > 0, _down > 0, strikeIsAbove) switch
        {
            (true, true, true) or (false, false, false) => Mirrored(Mirror() / _strike),
            (true, true, false) or (false, false, true) =>
                Direct(_spot / _strike) - Direct(_spot / _barrier) + Mirrored(_barrier / _spot),
            (true, false, true) or (false, true, false) => Direct(_spot / _strike),
            _ => Direct(_spot / _barrier) - Mirrored(Mirror() / _strike) + Mirrored(_barrier / _spot),
        };
    }

    private Dual Mirror() => _barrier * _barrier / _spot;

    /// <summary>Haug's A (for spot over strike) and B (for spot over barrier).</summary>
    private Dual Direct(Dual ratio)
    {
        var x = _call * Place(ratio);
        return _call * ((_spot * _yield * Dual.NormalCdf(x))
            - (_strike * _discount * Dual.NormalCdf(x - (_call * _deviation))));
    }

    /// <summary>Haug's C (for mirrored spot over strike) and D (for barrier over spot).</summary>
    private Dual Mirrored(Dual ratio)
    {
        var y = _down * Place(ratio);
        var weight = Dual.Exp(2 * _power * Dual.Log(_barrier / _spot));
        var square = _barrier / _spot * (_barrier / _spot);
        return _call * weight * ((_spot * _yield * square * Dual.NormalCdf(y))
            - (_strike * _discount * Dual.NormalCdf(y - (_down * _deviation))));
    }

    private Dual Place(Dual ratio) => (Dual.Log(ratio) / _deviation) + ((1 + _power) * _deviation);
}
