namespace GridVolunteer.Cli.Plots;

/// <summary>Marks at round values at equal distances: steps of 1, 2 or 5 times a power of ten.</summary>
public static class LinearTicks
{
    /// <summary>The marks from <paramref name="low"/> to <paramref name="high"/>, about <paramref
    /// name="labels"/> of them labelled.</summary>
    public static IReadOnlyList<AxisTick> Between(double low, double high, int labels)
    {
        var raw = (high - low) / labels;
        var exponent = (int)Math.Floor(Math.Log10(raw));
        var lead = raw / Power(exponent);
        var (factor, parts) = lead switch
        {
            < 1.4 => (1, 5),
            < 2.8 => (2, 4),
            < 7 => (5, 5),
            _ => (10, 5),
        };
        if (factor == 10)
        {
            (factor, exponent) = (1, exponent + 1);
        }

        var text = new NumberLabels(Math.Max(Math.Abs(low), Math.Abs(high)), exponent);
        var fine = factor * Power(exponent) / parts;
        var first = (long)Math.Ceiling(low / fine);
        var last = (long)Math.Floor(high / fine);
        var ticks = new List<AxisTick>();
        for (var i = first; i <= last; i++)
        {
            var value = i / parts * parts == i ? Round(i / parts * factor, exponent) : i * fine;
            ticks.Add(new AxisTick(value, i % parts == 0 ? text.Of(value) : ""));
        }

        return ticks;
    }

    private static double Power(int exponent) => Math.Pow(10, exponent);

    /// <summary>The double nearest to the round number, which a product by 0.1 would miss.</summary>
    private static double Round(long count, int exponent) =>
        exponent < 0 ? count / Power(-exponent) : count * Power(exponent);
}
