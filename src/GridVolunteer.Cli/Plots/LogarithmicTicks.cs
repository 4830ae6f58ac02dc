namespace GridVolunteer.Cli.Plots;

/// <summary>Marks of an axis on which equal distances are equal ratios.</summary>
public static class LogarithmicTicks
{
    private static readonly int[] Leads = [1, 2, 5];

    /// <summary>The marks between two powers of ten, given by their exponents; about <paramref
    /// name="labels"/> of them are labelled.</summary>
    public static IReadOnlyList<AxisTick> Between(double low, double high, int labels)
    {
        var (first, last) = ((int)Math.Ceiling(low), (int)Math.Floor(high));
        return last - first >= 2 ? Decades(first, last, (low, high), labels)
            : Leading(low, high) is { Count: >= 3 } leading ? leading
            : LinearTicks.Between(Math.Pow(10, low), Math.Pow(10, high), labels);
    }

    /// <summary>Powers of ten labelled; small marks at the numbers between, or at powers left out.</summary>
    private static List<AxisTick> Decades(
        int first, int last, (double Low, double High) range, int labels)
    {
        var step = ((last - first) / (labels + 1)) + 1;
        var isLong = first < -4 || last > 6;
        var ticks = new List<AxisTick>();
        for (var exponent = first - 1; exponent <= last; exponent++)
        {
            var power = Math.Pow(10, exponent);
            if (exponent >= first)
            {
                var isLabelled = Math.Abs(exponent) % step == 0;
                var label = isLong
                    ? NumberLabels.PowerOfTen(exponent)
                    : NumberLabels.Plain(power, Math.Max(0, -exponent));
                ticks.Add(new AxisTick(power, isLabelled ? label : ""));
            }

            for (var lead = 2; lead <= 9 && step == 1; lead++)
            {
                var place = Math.Log10(lead * power);
                if (place >= range.Low && place <= range.High)
                {
                    ticks.Add(new AxisTick(lead * power, ""));
                }
            }
        }

        return ticks;
    }

    /// <summary>One, two and five of each decade.</summary>
    private static List<AxisTick> Leading(double low, double high)
    {
        var text = new NumberLabels(Math.Pow(10, high), (int)Math.Floor(low));
        var ticks = new List<AxisTick>();
        for (var exponent = (int)Math.Floor(low); exponent <= high; exponent++)
        {
            foreach (var lead in Leads)
            {
                var value = exponent < 0 ? lead / Math.Pow(10, -exponent) : lead * Math.Pow(10, exponent);
                if (Math.Log10(value) >= low && Math.Log10(value) <= high)
                {
                    ticks.Add(new AxisTick(value, text.Of(value)));
                }
            }
        }

        return ticks;
    }
}
