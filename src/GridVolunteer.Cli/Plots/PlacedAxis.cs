using OxyPlot;
using OxyPlot.Axes;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// An axis from 0 to 1 with the marks of an <see cref="AxisScale"/>. The library is left the drawing alone:
/// it never sees the values, whose size could be anything.
/// </summary>
internal sealed class PlacedAxis : LinearAxis
{
    private readonly List<double> _labelled = [];
    private readonly List<double> _small = [];
    private readonly Dictionary<double, string> _labels = [];

    public PlacedAxis(AxisScale scale, AxisPosition position, string title)
    {
        (Minimum, Maximum, Position, Title) = (0, 1, position, title);
        TickStyle = TickStyle.Outside;
        MajorTickSize = 5;
        MinorTickSize = 3;
        MajorGridlineStyle = LineStyle.Solid;
        MajorGridlineColor = PlotColors.Grid;
        TicklineColor = PlotColors.Lines;
        MinorTicklineColor = PlotColors.Lines;
        AxisTitleDistance = 10;
        AxisTickToLabelDistance = 4;
        foreach (var tick in scale.Ticks)
        {
            var place = scale.Place(tick.Value);
            if (tick.Label.Length > 0 && _labels.TryAdd(place, tick.Label))
            {
                _labelled.Add(place);
            }
            else
            {
                _small.Add(place);
            }
        }

        LabelFormatter = place => _labels.GetValueOrDefault(place, "");
    }

    /// <inheritdoc/>
    public override void GetTickValues(
        out IList<double> majorLabelValues,
        out IList<double> majorTickValues,
        out IList<double> minorTickValues)
    {
        majorLabelValues = _labelled;
        majorTickValues = _labelled;
        minorTickValues = _small;
    }
}
