namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// How fast arithmetic Asian calls are sampled: path steps, which are fixings of one path, a second.
/// </summary>
public sealed record OptionFigures
{
    /// <summary>Of OptionPricing, which finds price, delta and vega at once.</summary>
    public required double AsianPathStepsPerSecond { get; init; }

    /// <summary>The same at each width of vectors, in bits, that this machine computes with.</summary>
    public required IReadOnlyDictionary<int, double> AsianPathStepsPerSecondByVectorBits { get; init; }

    /// <summary>Of the same with antithetic paths and the geometric control.</summary>
    public required double AsianControlledPathStepsPerSecond { get; init; }

    /// <summary>Of QuantLib's Monte Carlo engine, end to end; null without QuantLib.</summary>
    public required double? QuantLibPathStepsPerSecond { get; init; }

    /// <summary>Of QuantLib's path generator in a loop of one's own; null without QuantLib.</summary>
    public required double? QuantLibPathGeneratorStepsPerSecond { get; init; }

    /// <summary>Of plain C with Philox and Box-Muller; null without a compiler.</summary>
    public required double? PlainCPhiloxStepsPerSecond { get; init; }

    /// <summary>Of plain C with xoshiro and a ziggurat; null without a compiler.</summary>
    public required double? PlainCZigguratStepsPerSecond { get; init; }

    /// <summary>Ours divided by QuantLib's engine.</summary>
    public double? Ratio => Figure.Ratio(AsianPathStepsPerSecond, QuantLibPathStepsPerSecond);

    /// <summary>What each found, with all of its laps together.</summary>
    public required IReadOnlyDictionary<string, PriceFigure> Prices { get; init; }
}
