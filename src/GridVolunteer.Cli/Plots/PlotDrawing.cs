using GridVolunteer.Sdk.Plots;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;

namespace GridVolunteer.Cli.Plots;

/// <summary>One picture, laid out: what the library then draws.</summary>
internal sealed class PlotDrawing
{
    private const double TitleSize = 16;
    private const double TextSize = 13;
    private const double Bold = 600;

    private const double Regular = 400;

    private const double Margins = 160;
    private const double NameWidthMax = 560;

    // Rows are seldom full; what is said of them errs on the side of room.
    private const double LegendRowWidth = 560;
    private const double LegendRowHeight = 22;
    private const double LabelDistance = 16;

    private readonly AxisScale _x;
    private readonly AxisScale _y;

    public PlotDrawing(Plot plot, TextFit fit)
    {
        _x = WithRoomForLabels(AxisScale.Of(PlotExtent.OfX(plot)), fit);
        _y = AxisScale.Of(PlotExtent.OfY(plot));
        Model = new PlotModel
        {
            Title = fit.Wrap(plot.Title, TitleSize, Bold, SvgPicture.Width - 80, linesMax: 3),
            DefaultFont = SvgPicture.Font,
            DefaultFontSize = TextSize,
            TitleFontSize = TitleSize,
            TitleFontWeight = Bold,
            TitlePadding = 10,
            TitleHorizontalAlignment = TitleHorizontalAlignment.CenteredWithinView,
            TextColor = PlotColors.Text,
            Background = OxyColors.White,
            PlotAreaBorderColor = PlotColors.Lines,
            PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
            Padding = new OxyThickness(14, 14, 24, 14),
        };
        Model.Axes.Add(new PlacedAxis(_x, AxisPosition.Bottom, Label(plot.X, SvgPicture.Width)));
        Model.Axes.Add(new PlacedAxis(_y, AxisPosition.Left, Label(plot.Y, SvgPicture.Height)));
        AddSeries(plot, fit);
        string Label(PlotAxis axis, double room) =>
            fit.Wrap(axis.Label, TextSize, Regular, room - Margins, linesMax: 2);
    }

    /// <summary>What the library draws.</summary>
    public PlotModel Model { get; }

    /// <summary>How high it is: the usual height, and more for a legend of several rows.</summary>
    public double Height { get; private set; } = SvgPicture.Height;

    /// <summary>Points that have no place on a logarithmic axis and are left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Labels stand side by side below the picture, so long ones have to be fewer.</summary>
    private static AxisScale WithRoomForLabels(AxisScale scale, TextFit fit)
    {
        double Width() => scale.Ticks.Where(t => t.Label.Length > 0).Sum(
            t => fit.MeasureText(t.Label, SvgPicture.Font, TextSize, Regular).Width + LabelDistance);
        while (Width() > SvgPicture.Width - Margins && scale.WithFewerLabels() is { } fewer)
        {
            scale = fewer;
        }

        return scale;
    }

    private void AddSeries(Plot plot, TextFit fit)
    {
        var color = 0;
        for (var i = 0; i < plot.Series.Count; i++)
        {
            var series = plot.Series[i];
            var drawn = new SeriesDrawing(series, _x, _y, color);
            drawn.Result.Title = fit.Wrap(series.Name, TextSize, Regular, NameWidthMax, linesMax: 1);
            LeftOut += drawn.LeftOut;
            Model.Series.Add(drawn.Result);
            // A band and the line or points that follow it belong together.
            var next = i + 1 < plot.Series.Count ? plot.Series[i + 1].Kind : PlotKind.Band;
            color += series.Kind == PlotKind.Band && next is (PlotKind.Line or PlotKind.Points) ? 0 : 1;
        }

        if (plot.Series.Count > 1)
        {
            AddLegend(fit);
        }
    }

    private void AddLegend(TextFit fit)
    {
        var legend = new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomCenter,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendItemSpacing = 24,
            LegendLineSpacing = 8,
            LegendMargin = 4,
            LegendSymbolLength = 24,
        };
        Model.Legends.Add(legend);
        var rowsWidth = Model.Series.Sum(series =>
            legend.LegendItemSpacing + legend.LegendSymbolLength + legend.LegendSymbolMargin
            + fit.MeasureText(series.Title, SvgPicture.Font, TextSize, Regular).Width);
        Height += LegendRowHeight * Math.Floor(rowsWidth / LegendRowWidth);
    }
}
