using System.Globalization;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>What one member has counted.</summary>
internal readonly record struct OrderFigure(
    long Delivered, string Order, double Seconds, double MedianMs, double P99Ms, double P999Ms, double LongestMs)
{
    /// <summary>Reads the line a member says.</summary>
    public static OrderFigure Of(string[] words)
    {
        double Number(int at) => double.Parse(words[at], CultureInfo.InvariantCulture);
        return new OrderFigure(
            long.Parse(words[1], CultureInfo.InvariantCulture), words[2], Number(3), Number(4), Number(5), Number(6), Number(7));
    }
}
