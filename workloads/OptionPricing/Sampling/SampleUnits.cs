using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// The units in which a contract's samples are counted: each value is rounded to a whole multiple of a power
/// of two, so that sums are sums of integers and do not depend on their order. A unit is 2^-40 of the power
/// of two above what the value is typically at most; a product's unit is 2^-40 of its factors' powers.
/// Derived from exponents and square roots only, so every machine has the same.
/// </summary>
internal sealed class SampleUnits
{
    /// <summary>Bits of a value below its scale.</summary>
    public const int Resolution = 40;

    private readonly int[] _deltaScales;
    private readonly int[] _vegaScales;

    /// <summary>The units of a contract whose greeks are found like this.</summary>
    public SampleUnits(Contract contract, GreekMethod greeks)
    {
        var worth = contract.Assets.Sum(asset => Math.Abs(asset.Weight) * asset.Spot);
        var payoff = Math.Max(contract.Strike, worth);
        PayoffScale = Exponent(payoff);
        var step = contract.MaturityYears / contract.Fixings;
        _deltaScales = [.. contract.Assets.Select(asset => Exponent(greeks == GreekMethod.Pathwise
            ? Math.Abs(asset.Weight)
            : payoff / (asset.Spot * asset.Volatility * Math.Sqrt(step))))];
        var years = contract.MaturityYears;
        _vegaScales = [.. contract.Assets.Select(asset => Exponent(greeks == GreekMethod.Pathwise
            ? Math.Abs(asset.Weight) * asset.Spot * Math.Max(Math.Sqrt(years), asset.Volatility * years)
            : payoff * Math.Max(Math.Sqrt(2.0 * contract.Fixings) / asset.Volatility, Math.Sqrt(years))))];
    }

    /// <summary>Binary exponent of payoff and control.</summary>
    public int PayoffScale { get; }

    /// <summary>How many assets have a delta and a vega.</summary>
    public int Assets => _deltaScales.Length;

    /// <summary>The greatest distance of any scale from 0.</summary>
    public int ScaleMax => _deltaScales.Concat(_vegaScales).Append(PayoffScale).Max(Math.Abs);

    /// <summary>Binary exponent of what a value is typically at most.</summary>
    public int Scale(Quantity quantity, int asset) => quantity switch
    {
        Quantity.Delta => _deltaScales[asset],
        Quantity.Vega => _vegaScales[asset],
        _ => PayoffScale,
    };

    // 0 has no exponent: an asset of weight 0 has no delta, whatever the unit.
    private static int Exponent(double value) => value == 0 ? 0 : Math.ILogB(value) + 1;
}
