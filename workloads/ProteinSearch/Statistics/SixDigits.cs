using System.Globalization;

namespace GridVolunteer.Workloads.ProteinSearch.Statistics;

/// <summary>Numbers as the output gives them.</summary>
internal static class SixDigits
{
    /// <summary>The nearest number with six significant digits.</summary>
    public static double Round(double value) =>
        double.Parse(value.ToString("E5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
