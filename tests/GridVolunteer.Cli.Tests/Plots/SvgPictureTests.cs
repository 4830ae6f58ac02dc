using System.Globalization;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Cli.Plots;
using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Cli.Tests.Plots;

public sealed class SvgPictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const string Title = "Scores <of> \"proteins\" & more";

    private static readonly Plot Scores = new(
        Title, new PlotAxis("score, bits"), new PlotAxis("sequences", Logarithmic: true),
        [
            new PlotSeries("counted", PlotKind.Bars, [20, 30, 40, 50], [10, 2000, 30, 0]),
            new PlotSeries("]]> fit", PlotKind.Line, [20, 30, 40], [8, 1900, 33]),
            new PlotSeries("best", PlotKind.Points, [42, 44, 46], [1, 2, 1]),
        ]);

    private static readonly Plot Price = new(
        "Price", new PlotAxis("paths, thousands"), new PlotAxis("price, €"),
        [
            new PlotSeries("95 %", PlotKind.Band, [1, 2, 3], [4, 4.5, 4.8]) { High = [6, 5.5, 5.2] },
            new PlotSeries("price", PlotKind.Line, [1, 2, 3], [5, 5.1, 5]),
        ]);

    [Fact]
    public void Texts_AreAllThere_Escaped()
    {
        var texts = Texts(Draw(Scores));
        Assert.Superset(
            new HashSet<string>
            {
                Title, "score, bits", "sequences", "counted", "]]> fit", "best", "20", "1,000",
            },
            texts.ToHashSet());
    }

    [Fact]
    public void Bars_ArePartsOfTheHeightThatTheirLogarithmsSay()
    {
        // The legend's mark is a rectangle too, and square.
        var bars = Coloured(Draw(Scores), "rect", "rgb(0,114,178)")
            .Where(bar => Number(bar, "width") != Number(bar, "height"))
            .OrderBy(bar => Number(bar, "x")).ToArray();

        Assert.Equal(3, bars.Length);
        Assert.Single(bars.Select(bar => Math.Round(Number(bar, "width"), 2)).Distinct());
        Assert.Single(bars.Select(bar => Math.Round(Number(bar, "y") + Number(bar, "height"), 2)).Distinct());
        var heights = bars.Select(bar => Number(bar, "height")).ToArray();
        Assert.Equal(
            Math.Log(2000 / 10.0) / Math.Log(30 / 10.0),
            (heights[1] - heights[0]) / (heights[2] - heights[0]),
            0.01);
    }

    [Fact]
    public void Points_AreAMarkEach_AndOneInTheLegend() =>
        Assert.Equal(3 + 1, Coloured(Draw(Scores), "ellipse", "rgb(0,158,115)").Count());

    [Fact]
    public void Band_HasTheColourOfTheLineThatFollowsIt_AndGoesThereAndBack()
    {
        var band = Coloured(Draw(Price), "polygon", "rgb(0,114,178)").MaxBy(p => Places(p).Length)!;
        Assert.Equal(6, Places(band).Length);
        var line = Coloured(Draw(Price), "polyline", "rgb(0,114,178)").MaxBy(p => Places(p).Length)!;
        Assert.Equal(3, Places(line).Length);
        Assert.True(Places(line)[0].X < Places(line)[2].X);
        // 5, 5.1, 5: the middle one lies higher, which is less far down.
        Assert.True(Places(line)[1].Y < Places(line)[0].Y);
        Assert.Equal(Places(line)[0].Y, Places(line)[2].Y, 0.01);
    }

    [Fact]
    public void OneSeries_NeedsNoLegend()
    {
        var plot = new Plot(
            "t", new PlotAxis("x"), new PlotAxis("y"), [new("the only one", PlotKind.Line, [1], [2])]);
        Assert.DoesNotContain("the only one", Texts(Draw(plot)));
        Assert.Single(Draw(plot).Descendants(Svg + "ellipse"));
    }

    [Fact]
    public void SeveralPictures_StandBelowEachOther()
    {
        var one = Draw(Scores).Root!;
        var both = Draw(Scores, Price).Root!;
        Assert.Equal(2 * Number(one, "height"), Number(both, "height"));
        Assert.Equal("0 0 800 960", (string?)both.Attribute("viewBox"));
        Assert.Equal($"{Title}; Price", (string?)both.Element(Svg + "title"));
        Assert.Superset(new HashSet<string> { "counted", "price, €" }, Texts(both.Document!).ToHashSet());
    }

    [Fact]
    public void TheSamePictures_GiveTheSameBytes() =>
        Assert.Equal(SvgPicture.Draw([Scores, Price]).Svg, SvgPicture.Draw([Scores, Price]).Svg);

    [Fact]
    public void PointsWithoutAPlace_AreLeftOutAndCounted()
    {
        var log = new PlotAxis("log", Logarithmic: true);
        var plot = new Plot(
            "t", log, log,
            [
                new PlotSeries("line", PlotKind.Line, [0, 1, 2, 3, 4], [1, 2, 0, 3, 4]),
                new PlotSeries("points", PlotKind.Points, [1, 2], [-1, 1]),
                new PlotSeries("bars", PlotKind.Bars, [-1, 1, 2], [1, 0, -1]),
                new PlotSeries("band", PlotKind.Band, [1, 2, 3], [-1, 0, -2]) { High = [1, 2, -1] },
            ]);

        var (svg, leftOut) = SvgPicture.Draw([plot]);

        Assert.Equal(2 + 1 + 2 + 1, leftOut);
        Assert.Equal(1 + 1, Coloured(Parse(svg), "ellipse", "rgb(213,94,0)").Count());
    }

    [Fact]
    public void LongNames_AreShortenedAndDoNotSqueezeThePicture()
    {
        var names = Enumerable.Range(0, PlotLimits.SeriesMax)
            .Select(i => string.Join(' ', Enumerable.Repeat($"name{i}", 28)));
        var plot = new Plot(
            "t", new PlotAxis("x"), new PlotAxis("y"),
            [.. names.Select(name => new PlotSeries(name, PlotKind.Line, [1, 2], [1, 2]))]);

        var svg = Draw(plot);

        Assert.Equal(PlotLimits.SeriesMax, Texts(svg).Count(text => text.EndsWith('…')));
        Assert.True(Number(svg.Root!, "height") > 480 + (PlotLimits.SeriesMax * 15));
    }

    [Fact]
    public void FullPicture_IsDrawn()
    {
        double[] x = [.. Enumerable.Range(0, PlotLimits.PointsMax)];
        var series = Enumerable.Range(0, 5).Select(i => new PlotSeries($"{i}", (PlotKind)(i % 3), x, x));
        var svg = Draw(new Plot("t", new PlotAxis("x"), new PlotAxis("y"), [.. series]));
        // Two of the five are points, and each has a mark in the legend.
        Assert.Equal((PlotLimits.PointsMax + 1) * 2, svg.Descendants(Svg + "ellipse").Count());
    }

    [Property(MaxTest = 150)]
    public Property AnyPicture_IsWellFormedAndHasNumbersOnly()
    {
        var number = Gen.OneOf(
            Gen.Choose(-320, 100).Zip(Gen.Choose(-1_000, 1_000), (e, m) => m / 1000.0 * Math.Pow(10, e)),
            Gen.Choose(-3, 3).Select(i => (double)i));
        var text = ArbMap.Default.GeneratorFor<NonNull<string>>()
            .Select(t => t.Get.Length is 0 or > 150 || string.IsNullOrWhiteSpace(t.Get) ? "^{ _{2} \uD800" : t.Get);
        var series =
            from name in text
            from kind in Gen.Elements(Enum.GetValues<PlotKind>())
            from count in Gen.Choose(1, 12)
            from x in Gen.ArrayOf(number, count)
            from y in Gen.ArrayOf(number, count)
            from high in Gen.ArrayOf(number, count)
            select new PlotSeries(name, kind, kind == PlotKind.Band ? [.. x.Order()] : x, y)
            {
                High = kind == PlotKind.Band ? high : null,
            };
        var plots =
            from title in text
            from xIsLogarithmic in ArbMap.Default.GeneratorFor<bool>()
            from yIsLogarithmic in ArbMap.Default.GeneratorFor<bool>()
            from count in Gen.Choose(1, 4)
            from all in Gen.ArrayOf(series, count)
            select new Plot(title, new PlotAxis(title, xIsLogarithmic), new PlotAxis(title, yIsLogarithmic), all);
        return Prop.ForAll(plots.ToArbitrary(), plot =>
        {
            var svg = Draw(plot);
            Assert.All(
                svg.Descendants().Where(e => e.Name != Svg + "text" && e.Name != Svg + "title").Attributes(),
                attribute => Assert.DoesNotContain("NaN", attribute.Value, StringComparison.Ordinal));
            Assert.DoesNotContain(svg.Descendants().Attributes(), a => a.Value.Contains('∞'));
        });
    }

    private static XDocument Draw(params Plot[] plots) => Parse(SvgPicture.Draw(plots).Svg);

    private static XDocument Parse(byte[] svg) => XDocument.Load(new MemoryStream(svg));

    private static IEnumerable<string> Texts(XDocument svg) =>
        svg.Descendants(Svg + "text").Select(text => text.Value);

    private static IEnumerable<XElement> Coloured(XDocument svg, string element, string colour) =>
        svg.Descendants(Svg + element).Where(
            e => ((string?)e.Attribute("style") ?? "").Contains(colour, StringComparison.Ordinal));

    private static double Number(XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    private static (double X, double Y)[] Places(XElement element) =>
    [
        .. from place in ((string)element.Attribute("points")!).Split(' ')
           let numbers = place.Split(',')
           select (
               double.Parse(numbers[0], CultureInfo.InvariantCulture),
               double.Parse(numbers[1], CultureInfo.InvariantCulture)),
    ];
}
