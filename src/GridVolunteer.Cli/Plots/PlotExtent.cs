using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// What an axis has to show, in its own unit: the value, or its decimal logarithm on a logarithmic axis.
/// </summary>
public sealed class PlotExtent
{
    // A bar of 1 is seen on a logarithmic axis when the axis begins below 1.
    private static readonly double BelowSmallestBar = Math.Log10(0.5);

    // Below it, numbers have too few digits to divide an axis by.
    private const double LogarithmicMin = 1e-250;

    private PlotExtent(bool isLogarithmic, bool hasMarks) =>
        (IsLogarithmic, HasMarks) = (isLogarithmic, hasMarks);

    /// <summary>Whether the unit is the decimal logarithm.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Whether something drawn has a size of its own.</summary>
    public bool HasMarks { get; }

    /// <summary>Nothing has a place on the axis.</summary>
    public bool IsEmpty => Low > High;

    /// <summary>The lowest.</summary>
    public double Low { get; private set; } = double.PositiveInfinity;

    /// <summary>The highest.</summary>
    public double High { get; private set; } = double.NegativeInfinity;

    /// <summary>A value in the axis' unit; not a number when it has no place there.</summary>
    public static double Unit(double value, bool isLogarithmic) =>
        !isLogarithmic ? value : value >= LogarithmicMin ? Math.Log10(value) : double.NaN;

    /// <summary>The horizontal extent: points, and bars with their widths.</summary>
    public static PlotExtent OfX(Plot plot)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var extent = new PlotExtent(plot.X.Logarithmic, MarksIn(plot));
        foreach (var series in plot.Series)
        {
            var half = series.Kind == PlotKind.Bars ? HalfBarWidth(series, plot.X.Logarithmic) : 0;
            foreach (var x in series.X)
            {
                var unit = Unit(x, plot.X.Logarithmic);
                extent.Include(unit - half);
                extent.Include(unit + half);
            }
        }

        return extent;
    }

    /// <summary>
    /// The vertical extent. Bars stand on 0; on a logarithmic axis, the smallest bar says where it begins, so
    /// that a curve's endless tail does not flatten the bars it was fitted to.
    /// </summary>
    public static PlotExtent OfY(Plot plot)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var logarithmic = plot.Y.Logarithmic;
        var extent = new PlotExtent(logarithmic, MarksIn(plot));
        var bars = new PlotExtent(logarithmic, hasMarks: false);
        foreach (var series in plot.Series)
        {
            var own = series.Kind == PlotKind.Bars ? bars : extent;
            foreach (var y in series.Y.Concat(series.High ?? []))
            {
                own.Include(Unit(y, logarithmic));
            }
        }

        if (bars.IsEmpty)
        {
            return extent;
        }

        extent.Include(bars.High);
        if (logarithmic)
        {
            extent.Low = bars.Low + BelowSmallestBar;
        }
        else
        {
            extent.Include(bars.Low);
            extent.Include(0);
        }

        return extent;
    }

    /// <summary>Half the width of a series' bars, in the axis' unit.</summary>
    public static double HalfBarWidth(PlotSeries series, bool isLogarithmic)
    {
        ArgumentNullException.ThrowIfNull(series);
        var places = series.X.Select(x => Unit(x, isLogarithmic)).Where(double.IsFinite)
            .Distinct().Order().ToArray();
        return places switch
        {
            [] => 0,
            [var only] => isLogarithmic ? 0.1 : Math.Max(0.5, Math.Abs(only) * 0.05),
            _ => places.Zip(places.Skip(1), (a, b) => b - a).Min() / 2,
        };
    }

    private static bool MarksIn(Plot plot) => plot.Series.Any(series => series.Kind == PlotKind.Points);

    private void Include(double unit)
    {
        if (double.IsFinite(unit))
        {
            (Low, High) = (Math.Min(Low, unit), Math.Max(High, unit));
        }
    }
}
