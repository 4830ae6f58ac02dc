using System.Globalization;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>Figures are given with as many digits as they deserve.</summary>
internal static class Figure
{
    /// <summary>To four digits.</summary>
    public static double Round(double value) =>
        double.Parse(value.ToString("E3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>One divided by another; null without the other.</summary>
    public static double? Ratio(double one, double? other) => other is { } there ? Round(one / there) : null;

    /// <summary>To four digits; null when there is none.</summary>
    public static double? Of(IReadOnlyDictionary<string, double> rates, string name, double unit = 1) =>
        rates.TryGetValue(name, out var rate) ? Round(rate / unit) : null;
}
