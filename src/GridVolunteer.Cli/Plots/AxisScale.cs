namespace GridVolunteer.Cli.Plots;

/// <summary>
/// From values to places on an axis: 0 where it begins, 1 where it ends. Any values that a picture may hold
/// give a range that is wide enough for its marks to differ.
/// </summary>
public sealed class AxisScale
{
    private const double Padding = 0.04;

    // A picture's smallest distance: below it, neighbouring marks would need more digits than a double has.
    private const double RelativeRangeMin = 1e-9;
    private const double RangeMin = 1e-200;

    private const int LabelsUsual = 6;
    private const int LabelledMin = 2;

    private readonly int _labels;
    private readonly double _low;
    private readonly double _high;

    private AxisScale(bool isLogarithmic, double low, double high, int labels = LabelsUsual)
    {
        (IsLogarithmic, _low, _high, _labels) = (isLogarithmic, low, high, labels);
        Ticks = isLogarithmic
            ? LogarithmicTicks.Between(low, high, labels)
            : LinearTicks.Between(low, high, labels);
    }

    /// <summary>Whether equal distances are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Its marks in ascending order, a few of them labelled.</summary>
    public IReadOnlyList<AxisTick> Ticks { get; }

    /// <summary>A scale that shows all of <paramref name="extent"/>, with a little room beside it.</summary>
    public static AxisScale Of(PlotExtent extent)
    {
        ArgumentNullException.ThrowIfNull(extent);
        return extent.IsLogarithmic ? Logarithmic(extent) : Linear(extent);
    }

    /// <summary>The same axis with fewer labels; null when it has as few as there can be.</summary>
    public AxisScale? WithFewerLabels()
    {
        var fewer = _labels > 1 ? new AxisScale(IsLogarithmic, _low, _high, _labels - 1) : null;
        return fewer?.Ticks.Count(tick => tick.Label.Length > 0) >= LabelledMin ? fewer : null;
    }

    /// <summary>Whether the value has a place.</summary>
    public bool Shows(double value) => double.IsFinite(PlotExtent.Unit(value, IsLogarithmic));

    /// <summary>Where the value lies: 0 to 1 inside. Use only when it <see cref="Shows"/>.</summary>
    public double Place(double value) => PlaceOfUnit(IsLogarithmic ? Math.Log10(value) : value);

    /// <summary>As <see cref="Place"/>, of a value in the extent's unit.</summary>
    public double PlaceOfUnit(double unit) => (unit - _low) / (_high - _low);

    private static AxisScale Linear(PlotExtent extent)
    {
        var (low, high) = extent.IsEmpty ? (0, 1) : (extent.Low, extent.High);
        var magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= Math.Max(magnitude * RelativeRangeMin, RangeMin))
        {
            var room = magnitude > RangeMin ? magnitude * 0.1 : 1;
            return new AxisScale(false, low - room, high + room);
        }

        var pad = (high - low) * Padding;
        if (extent.HasMarks)
        {
            return new AxisScale(false, low - pad, high + pad);
        }

        // Zero is where an axis likes to begin or end; only marks, which have a size, need room beyond it.
        var from = low >= 0 ? Math.Max(0, low - pad) : low - pad;
        var to = high <= 0 ? Math.Min(0, high + pad) : high + pad;
        return new AxisScale(false, from, to);
    }

    private static AxisScale Logarithmic(PlotExtent extent)
    {
        var (low, high) = extent.IsEmpty ? (0, 1) : (extent.Low, extent.High);
        var pad = Math.Max((high - low) * Padding, high - low < 0.02 ? 0.3 : 0.01);
        return new AxisScale(true, low - pad, high + pad);
    }
}
