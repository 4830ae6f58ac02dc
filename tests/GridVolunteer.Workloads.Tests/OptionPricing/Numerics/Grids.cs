namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

/// <summary>Arguments to try functions at: evenly dense ones, seeded random ones and the edges.</summary>
internal static class Grids
{
    private const int Dense = 20_001;

    /// <summary>From low to high, both included.</summary>
    public static double[] Even(double low, double high, int count = Dense) =>
        [.. Enumerable.Range(0, count).Select(i => low + ((high - low) * i / (count - 1)))];

    /// <summary>Numbers with random bits, between two powers of 2, of one sign.</summary>
    public static double[] Scattered(int lowExponent, int highExponent, int count = Dense)
    {
        var random = new Random(lowExponent * 31 + highExponent);
        return [.. Enumerable.Range(0, count).Select(_ =>
            Math.ScaleB(1 + random.NextDouble(), random.Next(lowExponent, highExponent)))];
    }

    /// <summary>Arguments of 2^t.</summary>
    public static double[] Exponents { get; } =
    [
        .. Even(-1022, 1022.9), .. Even(-2, 2), .. Scattered(-60, 8), .. Scattered(-60, 8).Select(x => -x),
        0, -0.0, 0.5, -0.5, 1.5, 2.5, double.Epsilon, -double.Epsilon, 1022.999, -1022, 1023 - 1e-13,
        Math.BitIncrement(0.5), Math.BitDecrement(0.5), Math.BitIncrement(-0.5), Math.BitDecrement(-0.5),
    ];

    /// <summary>Arguments of the logarithm: all normal numbers, more of them below 1 and around it.</summary>
    public static double[] Positives { get; } =
    [
        .. Even(1.0 / (1L << 20), 1), .. Even(0.6, 1.7), .. Scattered(-1022, 1023), .. Scattered(-53, 0),
        .. Enumerable.Range(1, 52).Select(i => 1 - Math.ScaleB(1, -i - 1)),
        .. Enumerable.Range(1, 52).Select(i => 1 + Math.ScaleB(1, -i)),
        .. Enumerable.Range(-1022, 2045).Select(i => Math.ScaleB(1, i)),
        Math.Sqrt(0.5), Math.BitIncrement(Math.Sqrt(0.5)), Math.BitDecrement(Math.Sqrt(0.5)),
        Math.Sqrt(2), Math.BitIncrement(Math.Sqrt(2)), Math.BitDecrement(Math.Sqrt(2)),
        double.MaxValue, 2.2250738585072014e-308,
    ];

    /// <summary>Arguments of sine and cosine, in turns: normals use those within a half.</summary>
    public static double[] Turns { get; } =
    [
        .. Even(-0.5, 0.5), .. Even(-3, 3), .. Scattered(-60, -1), .. Scattered(-60, -1).Select(x => -x),
        .. Enumerable.Range(-16, 33).SelectMany(i => new[]
        {
            i / 8.0, Math.BitIncrement(i / 8.0), Math.BitDecrement(i / 8.0), i / 12.0,
        }),
    ];
}
