using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.ClosedForms;

/// <summary>
/// A value with its derivatives by the spot and by the volatility. A formula written in it once gives price,
/// delta and vega exactly (forward automatic differentiation: Griewank and Walther, "Evaluating Derivatives",
/// 2008).
/// </summary>
/// <param name="Value">The value.</param>
/// <param name="BySpot">Its derivative by the spot.</param>
/// <param name="ByVolatility">Its derivative by the volatility, per 1.00 of it.</param>
internal readonly record struct Dual(double Value, double BySpot, double ByVolatility)
{
    public static implicit operator Dual(double value) => new(value, 0, 0);

    /// <summary>The spot itself.</summary>
    public static Dual Spot(double value) => new(value, 1, 0);

    /// <summary>The volatility itself.</summary>
    public static Dual Volatility(double value) => new(value, 0, 1);

    public static Dual operator +(Dual a, Dual b) =>
        new(a.Value + b.Value, a.BySpot + b.BySpot, a.ByVolatility + b.ByVolatility);

    public static Dual operator -(Dual a, Dual b) =>
        new(a.Value - b.Value, a.BySpot - b.BySpot, a.ByVolatility - b.ByVolatility);

    public static Dual operator -(Dual a) => new(-a.Value, -a.BySpot, -a.ByVolatility);

    public static Dual operator *(Dual a, Dual b) => new(
        a.Value * b.Value,
        (a.BySpot * b.Value) + (a.Value * b.BySpot),
        (a.ByVolatility * b.Value) + (a.Value * b.ByVolatility));

    public static Dual operator /(Dual a, Dual b)
    {
        var ratio = a.Value / b.Value;
        return new(
            ratio,
            (a.BySpot - (ratio * b.BySpot)) / b.Value,
            (a.ByVolatility - (ratio * b.ByVolatility)) / b.Value);
    }

    /// <summary>e to the power of it.</summary>
    public static Dual Exp(Dual x)
    {
        var value = PortableMath.Exp(x.Value);
        return x.Chain(value, value);
    }

    /// <summary>Its natural logarithm.</summary>
    public static Dual Log(Dual x) => x.Chain(PortableMath.Log(x.Value), 1 / x.Value);

    /// <summary>Its square root.</summary>
    public static Dual Sqrt(Dual x)
    {
        var value = Math.Sqrt(x.Value);
        return x.Chain(value, 0.5 / value);
    }

    /// <summary>The chance that a standard normal is below it.</summary>
    public static Dual NormalCdf(Dual x) =>
        x.Chain(NormalDistribution.Cumulative(x.Value), NormalDistribution.Density(x.Value));

    private Dual Chain(double value, double slope) => new(value, slope * BySpot, slope * ByVolatility);
}
