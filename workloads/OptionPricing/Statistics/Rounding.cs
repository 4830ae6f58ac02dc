using System.Globalization;

namespace GridVolunteer.Workloads.OptionPricing.Statistics;

/// <summary>Rounds what is shown.</summary>
internal static class Rounding
{
    /// <summary>
    /// The number with ten significant digits, by way of its decimal digits, which are the same on every
    /// machine; null for what is no finite number.
    /// </summary>
    public static double? ToTenDigits(double? value) => value is { } number && double.IsFinite(number)
        ? double.Parse(number.ToString("E9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : null;
}
