using System.Globalization;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>What a number may be.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
/// <param name="Meaning">What the number is, with its unit, for whoever left it out or got it wrong.</param>
internal sealed record FieldLimits(double Min, double Max, string Meaning)
{
    private const double PriceMin = 1e-6;
    private const double PriceMax = 1e9;

    /// <summary>Strikes, barriers.</summary>
    public static FieldLimits Price { get; } = new(PriceMin, PriceMax, "a price, in the unit of the spot");

    /// <summary>The asset's price now.</summary>
    public static FieldLimits Spot { get; } = new(PriceMin, PriceMax, "the asset's price now");

    /// <summary>Years to maturity.</summary>
    public static FieldLimits Maturity { get; } = new(1e-4, 100, "years to maturity: six months are 0.5");

    /// <summary>Annual volatility.</summary>
    public static FieldLimits Volatility { get; } = new(1e-4, 5, "a fraction a year: 20 % is 0.2");

    /// <summary>Rates and yields.</summary>
    public static FieldLimits Rate { get; } = new(-1, 1, "continuous, a fraction a year: 5 % is 0.05");

    /// <summary>Fixings of a path.</summary>
    public static FieldLimits Fixings { get; } =
        new(1, 10_000, "how many equally spaced fixings there are, the last at maturity");

    /// <summary>An asset's share in a basket.</summary>
    public static FieldLimits Weight { get; } = new(-1e6, 1e6, "the number of that asset in the basket");

    /// <summary>Contracts held.</summary>
    public static FieldLimits Quantity { get; } = new(-1e12, 1e12, "how many are held, negative when sold");

    /// <summary>What is wrong with a value, or null.</summary>
    public string? Fault(double value) =>
        value >= Min && value <= Max
            ? null
            : $"must be from {Text(Min)} to {Text(Max)} ({Meaning})";

    /// <summary>A number as messages show it.</summary>
    public static string Text(double value) => Math.Abs(value) is >= 1e7 or (< 1e-4 and > 0)
        ? value.ToString("0.######e0", CultureInfo.InvariantCulture)
        : value.ToString("#,0.##########", CultureInfo.InvariantCulture);
}
