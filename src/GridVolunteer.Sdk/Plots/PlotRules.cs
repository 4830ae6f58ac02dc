using System.Globalization;

namespace GridVolunteer.Sdk.Plots;

/// <summary>
/// What every picture keeps, so that whoever draws it needs to check nothing again. Each rule returns what it
/// was given, or throws an <see cref="ArgumentException"/>.
/// </summary>
internal static class PlotRules
{
    public static string Text(string text, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        return text.Length <= PlotLimits.TextCharactersMax
            ? text
            : throw new ArgumentException(
                $"The text has {text.Length} characters; at most {PlotLimits.TextCharactersMax}.", name);
    }

    public static PlotKind Kind(PlotKind kind, string name) =>
        Enum.IsDefined(kind) ? kind : throw new ArgumentException($"There is no such kind: {kind}.", name);

    public static IReadOnlyList<double> Numbers(IReadOnlyList<double> numbers, string name)
    {
        ArgumentNullException.ThrowIfNull(numbers, name);
        if (numbers.Count is < 1 or > PlotLimits.PointsMax)
        {
            throw new ArgumentException(
                $"There are {numbers.Count} numbers; 1 to {PlotLimits.PointsMax} can be drawn.", name);
        }

        for (var i = 0; i < numbers.Count; i++)
        {
            // Written so that NaN fails too.
            if (!(Math.Abs(numbers[i]) <= PlotLimits.MagnitudeMax))
            {
                var message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Number {i} is {numbers[i]}; finite ones up to {PlotLimits.MagnitudeMax} can be drawn.");
                throw new ArgumentException(message, name);
            }
        }

        return numbers;
    }

    public static IReadOnlyList<double> NumbersFor(
        IReadOnlyList<double> x, IReadOnlyList<double> numbers, string name) =>
        Numbers(numbers, name).Count == x.Count
            ? numbers
            : throw new ArgumentException($"There are {numbers.Count} numbers, but {x.Count} in x.", name);

    public static IReadOnlyList<double> Ascending(IReadOnlyList<double> numbers, string name)
    {
        Numbers(numbers, name);
        for (var i = 1; i < numbers.Count; i++)
        {
            if (numbers[i] < numbers[i - 1])
            {
                throw new ArgumentException(
                    $"Number {i} is less than the one before; a band goes from left to right.", name);
            }
        }

        return numbers;
    }

    public static IReadOnlyList<PlotSeries> Series(IReadOnlyList<PlotSeries> series, string name)
    {
        ArgumentNullException.ThrowIfNull(series, name);
        if (series.Count is < 1 or > PlotLimits.SeriesMax)
        {
            throw new ArgumentException(
                $"There are {series.Count} series; 1 to {PlotLimits.SeriesMax} can be drawn.", name);
        }

        foreach (var one in series)
        {
            ArgumentNullException.ThrowIfNull(one, name);
            if (one.Kind == PlotKind.Band != one.High is not null)
            {
                throw new ArgumentException(
                    one.High is null
                        ? $"The band '{one.Name}' has no upper edge, high."
                        : $"'{one.Name}' has an upper edge, high, but is no band.",
                    name);
            }
        }

        var points = series.Sum(s => (long)s.X.Count);
        return points <= PlotLimits.PointsOfPlotMax
            ? series
            : throw new ArgumentException(
                $"There are {points} points; at most {PlotLimits.PointsOfPlotMax} in a picture.", name);
    }
}
