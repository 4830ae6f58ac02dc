using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Sdk.Tests.Plots;

public sealed class PlotTests
{
    private static readonly PlotAxis Axis = new("time, s");
    private static readonly double[] Two = [1, 2];

    public static TheoryData<string, Func<object>> Wrong => new()
    {
        { "Title", () => new Plot(" ", Axis, Axis, [Line()]) },
        { "Title", () => new Plot(new string('x', PlotLimits.TextCharactersMax + 1), Axis, Axis, [Line()]) },
        { "X", () => new Plot("t", null!, Axis, [Line()]) },
        { "Series", () => new Plot("t", Axis, Axis, []) },
        { "Series", () => new Plot("t", Axis, Axis, [.. Enumerable.Repeat(Line(), PlotLimits.SeriesMax + 1)]) },
        { "Series", () => new Plot("t", Axis, Axis, [.. Enumerable.Repeat(Long(), 6)]) },
        { "Series", () => new Plot("t", Axis, Axis, [new PlotSeries("n", PlotKind.Band, Two, Two)]) },
        { "Series", () => new Plot("t", Axis, Axis, [new PlotSeries("n", PlotKind.Line, Two, Two) { High = Two }]) },
        { "Label", () => new PlotAxis("") },
        { "Name", () => new PlotSeries("", PlotKind.Line, Two, Two) },
        { "Kind", () => new PlotSeries("n", (PlotKind)9, Two, Two) },
        { "X", () => new PlotSeries("n", PlotKind.Line, [], []) },
        { "X", () => new PlotSeries("n", PlotKind.Line, new double[PlotLimits.PointsMax + 1], Two) },
        { "X", () => new PlotSeries("n", PlotKind.Band, [2, 1], Two) },
        { "Y", () => new PlotSeries("n", PlotKind.Line, Two, [1]) },
        { "Y", () => new PlotSeries("n", PlotKind.Line, Two, [1, double.NaN]) },
        { "Y", () => new PlotSeries("n", PlotKind.Line, Two, [1, double.NegativeInfinity]) },
        { "Y", () => new PlotSeries("n", PlotKind.Line, Two, [1, 1.1e100]) },
        { "High", () => new PlotSeries("n", PlotKind.Band, Two, Two) { High = [1] } },
        { "High", () => new PlotSeries("n", PlotKind.Band, Two, Two) { High = [1, double.NaN] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Construction_OfWhatCannotBeDrawn_IsRefusedAndNamesThePart(string part, Func<object> make) =>
        Assert.Equal(part, Assert.ThrowsAny<ArgumentException>(make).ParamName);

    [Fact]
    public void Construction_AtTheLimits_Succeeds()
    {
        var full = Enumerable.Repeat(Long(), PlotLimits.PointsOfPlotMax / PlotLimits.PointsMax);
        var plot = new Plot(new string('x', PlotLimits.TextCharactersMax), Axis, Axis, [.. full]);
        Assert.Equal(PlotLimits.PointsOfPlotMax, plot.Series.Sum(s => s.X.Count));
    }

    private static PlotSeries Line() => new("n", PlotKind.Line, Two, Two);

    private static PlotSeries Long() => new(
        "n", PlotKind.Line, new double[PlotLimits.PointsMax], [.. Enumerable.Repeat(1e100, PlotLimits.PointsMax)]);
}
