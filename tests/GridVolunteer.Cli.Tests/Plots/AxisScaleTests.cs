using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Cli.Plots;
using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Cli.Tests.Plots;

public sealed class AxisScaleTests
{
    private static readonly PlotAxis Axis = new("a");

    [Theory]
    [InlineData(false, 0, 10, "0 2 4 6 8 10")]
    [InlineData(false, -3, 12345, "0 2,000 4,000 6,000 8,000 10,000 12,000")]
    [InlineData(false, 0.1, 0.35, "0.10 0.15 0.20 0.25 0.30 0.35")]
    [InlineData(false, -2e9, 1e9, "−2.0×10⁹ −1.5×10⁹ −1.0×10⁹ −0.5×10⁹ 0 0.5×10⁹ 1.0×10⁹")]
    [InlineData(false, 7, 7, "6.4 6.6 6.8 7.0 7.2 7.4 7.6")]
    [InlineData(false, 0, 0, "−1.0 −0.5 0 0.5 1.0")]
    [InlineData(true, 1, 100_000, "1 10 100 1,000 10,000 100,000")]
    [InlineData(true, 0.001, 3, "0.001 0.01 0.1 1")]
    [InlineData(true, 1e-9, 1, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰")]
    [InlineData(true, 2, 40, "2 5 10 20")]
    [InlineData(true, 2, 2, "1.5 2.0 2.5 3.0 3.5")]
    [InlineData(true, 30, 40, "30 32 34 36 38 40")]
    public void Labels_AreRoundAndFew(bool logarithmic, double low, double high, string expected) =>
        Assert.Equal(expected, string.Join(' ', Labels(Scale(logarithmic, PlotKind.Line, low, high))));

    [Property(MaxTest = 2_000)]
    public Property Labels_OfAnyValues_AreDistinctOrderedAndInside()
    {
        var values = Gen.Choose(-320, 100)
            .Zip(Gen.Choose(-1_000, 1_000), (e, m) => m / 1000.0 * Math.Pow(10, e))
            .Where(v => Math.Abs(v) <= PlotLimits.MagnitudeMax);
        var near = values.Zip(Gen.Choose(-20, 0), (v, e) => (Low: v, High: v * (1 + Math.Pow(10, e))));
        var far = values.Zip(values, (a, b) => (Low: a, High: b));
        return Prop.ForAll(
            Gen.OneOf(near, far).Where(p => Math.Abs(p.High) <= PlotLimits.MagnitudeMax).ToArbitrary(),
            Gen.Elements(true, false).Zip(Gen.Elements(Enum.GetValues<PlotKind>())).ToArbitrary(),
            (pair, how) => IsSound(Scale(how.Item1, how.Item2, pair.Low, pair.High), pair.Low, pair.High));
    }

    [Fact]
    public void LinearAxis_OfBars_HasZeroAtItsFoot() =>
        Assert.Equal(0, Scale(false, PlotKind.Bars, 5, 9).Place(0));

    [Fact]
    public void LogarithmicAxis_OfBarsAndACurve_BeginsBelowTheSmallestBar()
    {
        var scale = AxisScale.Of(PlotExtent.OfY(new Plot(
            "t", Axis, new PlotAxis("y", Logarithmic: true),
            [
                new PlotSeries("bars", PlotKind.Bars, [1, 2, 3], [0, 1, 1000]),
                new PlotSeries("curve", PlotKind.Line, [1, 2, 3], [1e-30, 1, 2000]),
            ])));

        Assert.InRange(scale.Place(1), 0.05, 0.2);
        Assert.InRange(scale.Place(2000), 0.9, 1);
    }

    [Fact]
    public void Bars_AreAsWideAsTheSmallestDistance()
    {
        var bars = new PlotSeries("n", PlotKind.Bars, [4, 1, 1, 1.5], [1, 1, 1, 1]);
        Assert.Equal(0.25, PlotExtent.HalfBarWidth(bars, isLogarithmic: false));
    }

    private static bool IsSound(AxisScale scale, double low, double high)
    {
        for (var fewer = scale; fewer is not null; fewer = fewer.WithFewerLabels())
        {
            var labels = Labels(fewer);
            Assert.InRange(labels.Length, 2, 20);
            Assert.Equal(labels.Length, labels.Distinct(StringComparer.Ordinal).Count());
            Assert.All(labels, label => Assert.InRange(label.Length, 1, 24));
            Assert.InRange(fewer.Ticks.Count, 2, 400);
            var places = fewer.Ticks.Select(tick => fewer.Place(tick.Value)).ToArray();
            Assert.All(places, place => Assert.InRange(place, -1e-9, 1 + 1e-9));
            Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.First < pair.Second));
            Assert.All(new[] { low, high }.Where(fewer.Shows), v => Assert.InRange(fewer.Place(v), 0, 1));
        }

        return true;
    }

    private static string[] Labels(AxisScale scale) =>
        [.. scale.Ticks.Where(tick => tick.Label.Length > 0).Select(tick => tick.Label)];

    private static AxisScale Scale(bool logarithmic, PlotKind kind, double low, double high) =>
        AxisScale.Of(PlotExtent.OfY(new Plot(
            "t", Axis, new PlotAxis("y", logarithmic),
            [
                new PlotSeries("n", kind, [1, 2], [low, high])
                {
                    High = kind == PlotKind.Band ? [low, high] : null,
                },
            ])));
}
