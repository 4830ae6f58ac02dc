using GridVolunteer.Sdk.Plots;
using OxyPlot;
using OxyPlot.Series;

namespace GridVolunteer.Cli.Plots;

/// <summary>One series, placed on its axes: 0 to 1 each.</summary>
internal sealed class SeriesDrawing
{
    private const byte BarOpacity = 165;
    private const byte BandOpacity = 60;
    private const int LargeMarksMax = 200;
    private const double LargeMark = 3.5;

    // Hostile bars may be nearer to each other than a pixel.
    private const double HalfBarWidthMin = 0.0004;
    private const double BarGap = 0.05;

    private readonly PlotSeries _series;
    private readonly AxisScale _x;
    private readonly AxisScale _y;
    private readonly int _index;

    /// <param name="series">What to draw.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="index">The number of its colour.</param>
    public SeriesDrawing(PlotSeries series, AxisScale x, AxisScale y, int index)
    {
        (_series, _x, _y, _index) = (series, x, y, index);
        Result = series.Kind switch
        {
            PlotKind.Line => Line(),
            PlotKind.Points => Points(),
            PlotKind.Bars => Bars(),
            _ => Band(),
        };
    }

    public Series Result { get; }

    public int LeftOut { get; private set; }

    private OxyColor Color => PlotColors.Of(_index);

    private LineSeries Line()
    {
        var line = new LineSeries
        {
            Color = Color,
            StrokeThickness = 2,
            LineStyle = PlotColors.StrokeOf(_index),
            LineJoin = LineJoin.Round,
        };
        if (_series.X.Count == 1)
        {
            // A line needs two points to be seen.
            (line.MarkerType, line.MarkerSize, line.MarkerFill) = (MarkerType.Circle, LargeMark, Color);
        }

        line.Points.AddRange(Places(left: DataPoint.Undefined));
        return line;
    }

    private ScatterSeries Points()
    {
        var isLarge = _series.X.Count <= LargeMarksMax;
        var points = new ScatterSeries
        {
            MarkerType = MarkerType.Circle,
            MarkerSize = isLarge ? LargeMark : 2,
            MarkerFill = Color,
            MarkerStroke = OxyColors.White,
            MarkerStrokeThickness = isLarge ? 0.5 : 0,
        };
        points.Points.AddRange(Places(left: null).Select(p => new ScatterPoint(p.X, p.Y)));
        return points;
    }

    /// <summary>Where the points lie.</summary>
    /// <param name="left">Stands for a point that has no place: a line is interrupted there.</param>
    private IEnumerable<DataPoint> Places(DataPoint? left)
    {
        for (var i = 0; i < _series.X.Count; i++)
        {
            if (_x.Shows(_series.X[i]) && _y.Shows(_series.Y[i]))
            {
                yield return new DataPoint(_x.Place(_series.X[i]), _y.Place(_series.Y[i]));
                continue;
            }

            LeftOut++;
            if (left is { } point)
            {
                yield return point;
            }
        }
    }

    private RectangleBarSeries Bars()
    {
        var bars = new RectangleBarSeries
        {
            FillColor = OxyColor.FromAColor(BarOpacity, Color),
            StrokeColor = Color,
            StrokeThickness = 0,
        };
        var width = PlotExtent.HalfBarWidth(_series, _x.IsLogarithmic) * (1 - BarGap);
        var foot = _y.IsLogarithmic ? 0 : Math.Clamp(_y.Place(0), 0, 1);
        for (var i = 0; i < _series.X.Count; i++)
        {
            if (!_x.Shows(_series.X[i]))
            {
                LeftOut++;
                continue;
            }

            // A bar of nothing is no bar, on a logarithmic axis too, and nothing is missing without it.
            if (_series.Y[i] != 0 && _y.Shows(_series.Y[i]))
            {
                var middle = _x.Place(_series.X[i]);
                var unit = PlotExtent.Unit(_series.X[i], _x.IsLogarithmic);
                var half = Math.Max(HalfBarWidthMin, _x.PlaceOfUnit(unit + width) - middle);
                var top = _y.Place(_series.Y[i]);
                bars.Items.Add(new RectangleBarItem(middle - half, foot, middle + half, top));
            }
            else if (_series.Y[i] < 0)
            {
                LeftOut++;
            }
        }

        return bars;
    }

    private AreaSeries Band()
    {
        var band = new AreaSeries
        {
            Color = OxyColors.Transparent,
            Color2 = OxyColors.Transparent,
            Fill = OxyColor.FromAColor(BandOpacity, Color),
            StrokeThickness = 0,
        };
        for (var i = 0; i < _series.X.Count; i++)
        {
            var (x, low, high) = (_series.X[i], _series.Y[i], _series.High![i]);
            if (!_x.Shows(x) || !_y.Shows(Math.Max(low, high)))
            {
                LeftOut++;
                continue;
            }

            var place = _x.Place(x);
            band.Points.Add(new DataPoint(place, _y.Shows(low) ? _y.Place(low) : 0));
            band.Points2.Add(new DataPoint(place, _y.Shows(high) ? _y.Place(high) : 0));
        }

        return band;
    }
}
