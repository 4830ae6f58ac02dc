using System.Text;
using System.Text.Json;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Plots;
using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Cli.Tests.Plots;

public sealed class PlotReaderTests
{
    private const string Good = """
        {"title":"T","x":{"label":"a","logarithmic":true,"new":1},"y":{"label":"b"},"new":[],"series":[
        {"name":"p","kind":"points","x":[1,2],"y":[3,4e-5],"high":null},
        {"name":"q","kind":"band","x":[1],"y":[2],"high":[3]}]}
        """;

    private static readonly string Nine = string.Join(',', Enumerable.Repeat(Good, 9));
    private static readonly string Many = string.Join(',', Enumerable.Repeat("1", PlotLimits.PointsMax + 1));

    public static TheoryData<string, string> Malformed => new()
    {
        { "plots: It is not an array", """{"plots":{}}""" },
        { "plots: It is empty", """{"plots":[]}""" },
        { "plots: It has 9 items; at most 8", $$"""{"plots":[{{Nine}}]}""" },
        { "plots[0]: It is not an object", """{"plots":[1]}""" },
        { "plots[1].title: It is missing", $$"""{"plots":[{{Good}},{}]}""" },
        { "plots[0].title: It is not a text", Changed("\"T\"", "null") },
        { "plots[0].title: The text has 201 characters", Changed("\"T\"", $"\"{new string('x', 201)}\"") },
        { "plots[0].x.label: It is missing", Changed("\"label\":\"a\",", "") },
        { "plots[0].x.label: The value cannot be an empty string", Changed("\"a\"", "\" \"") },
        { "plots[0].x.logarithmic: It is neither true nor false", Changed("true", "\"yes\"") },
        { "plots[0].y: It is not an object", Changed("""{"label":"b"}""", "[]") },
        { "plots[0].series[0].kind: It is none of line, points, bars, band", Changed("\"points\"", "\"pie\"") },
        { "plots[0].series[0].x[1]: It is not a number", Changed("[1,2]", "[1,\"NaN\"]") },
        { "plots[0].series[0].x[1]: It is not a number", Changed("[1,2]", "[1,null]") },
        { "plots[0].series[0].x: It has 10001 items", Changed("[1,2]", $"[{Many}]") },
        { "plots[0].series[0].y: There are 1 numbers, but 2 in x", Changed("[3,4e-5]", "[3]") },
        { "plots[0].series[0].y: Number 1 is Infinity", Changed("4e-5", "4e500") },
        { "plots[0].series[0].y: Number 1 is 4E+101", Changed("4e-5", "4e101") },
        { "plots[0].series[0].x: There are 0 numbers", Changed("[1,2]", "[]") },
        { "plots[0].series: The band 'q' has no upper edge", Changed(",\"high\":[3]", "") },
        { "plots[0].series[1].high: There are 2 numbers, but 1 in x", Changed("\"high\":[3]", "\"high\":[3,4]") },
        { "plots[0].series: There are 0 series", $$"""{"plots":[{{Good[..Good.IndexOf("{\"name", 0, StringComparison.Ordinal)]}}]}]}""" },
        { "plots[0].series: ' [31m' has an upper edge", Changed("\"q\",\"kind\":\"band\"", "\"\\u001b[31m\",\"kind\":\"bars\"") },
    };

    [Fact]
    public void Pictures_AmongOtherThings_AreRead()
    {
        var plot = Assert.Single(Read($$"""
            {"hits":[{"plots":[1]}],"plots":[{{Good}}],"more":"x","plots":7}
            """));

        Assert.Equal("T", plot.Title);
        Assert.Equal(new PlotAxis("a", Logarithmic: true), plot.X);
        Assert.Equal(new PlotAxis("b"), plot.Y);
        Assert.Equal(("p", PlotKind.Points), (plot.Series[0].Name, plot.Series[0].Kind));
        Assert.Equal([3, 4e-5], plot.Series[0].Y);
        Assert.Null(plot.Series[0].High);
        Assert.Equal([3.0], plot.Series[1].High!);
    }

    [Fact]
    public void WhatTheSdkWrites_IsRead()
    {
        var plot = new Plot(
            "T", new PlotAxis("a", Logarithmic: true), new PlotAxis("b"),
            [.. Enum.GetValues<PlotKind>().Select(kind => new PlotSeries($"{kind}", kind, [1, 2], [3, 4])
            {
                High = kind == PlotKind.Band ? [5, 6] : null,
            })]);

        var read = Assert.Single(Read($$"""{"plots":{{JsonSerializer.Serialize(new[] { plot })}}}"""));

        Assert.Equal(JsonSerializer.Serialize(plot), JsonSerializer.Serialize(read));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void MalformedPicture_IsRefusedAndNamesTheField(string expected, string output) =>
        Assert.Contains($"The output of j1 cannot be drawn: {expected}", Refusal(output), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"plots\":[")]
    [InlineData("{\"plots\":[]} x")]
    [InlineData("{\"plots\":[]}{}")]
    [InlineData("\0\u0001\u0002")]
    public void OutputThatIsNotJson_IsRefused(string output) =>
        Assert.StartsWith("The output of j1 is not JSON", Refusal(output), StringComparison.Ordinal);

    [Fact]
    public void OutputThatIsNestedWithoutEnd_IsRefused() => Assert.StartsWith(
        "The output of j1 is not JSON", Refusal(new string('[', 1_000_000)), StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("[{\"plots\":[]}]")]
    [InlineData("\"plots\"")]
    [InlineData("{\"Plots\":[],\"results\":{\"plots\":[]}}")]
    public void OutputWithoutPictures_IsRefusedAndSaysSo(string output) =>
        Assert.StartsWith("The output of j1 has no pictures", Refusal(output), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"T\"", "\"\\ud800\"")]
    [InlineData("\"points\"", "\"\\udc00\"")]
    [InlineData("\"title\"", "\"\\ud800\"")]
    public void TextThatIsNoUnicode_IsRefused(string part, string into) => Assert.StartsWith(
        "The output of j1 cannot be drawn: plots", Refusal(Changed(part, into)), StringComparison.Ordinal);

    [Fact]
    public void NameThatIsNoUnicode_BesideThePictures_IsRefused() => Assert.StartsWith(
        "The output of j1 cannot be drawn: plots", Refusal("""{"\ud800":1}"""), StringComparison.Ordinal);

    [Fact]
    public void BytesThatAreNoUtf8_AreRefused()
    {
        var output = Encoding.UTF8.GetBytes($$"""{"plots":[{{Good}}]}""");
        output[Array.IndexOf(output, (byte)'T')] = 0xFF;
        var thrown = Assert.Throws<CliException>(() => PlotReader.Read(output, "The output of j1"));
        Assert.StartsWith("The output of j1 cannot be drawn: plots", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_MayBeginWithAByteOrderMark() =>
        Assert.Single(Read($$"""{{'\uFEFF'}}{"plots":[{{Good}}]}"""));

    [Fact]
    public void MoreValuesThanCanBeDrawn_AreRefusedBeforeTheyAreHeld() => Assert.Contains(
        "plots: It is larger than any pictures that can be drawn",
        Refusal($$"""{"plots":[{{string.Join(',', Enumerable.Repeat('1', 2_000_000))}}]}"""),
        StringComparison.Ordinal);

    private static string Changed(string part, string into)
    {
        var changed = $$"""{"plots":[{{Good}}]}""".Replace(part, into, StringComparison.Ordinal);
        Assert.NotEqual($$"""{"plots":[{{Good}}]}""", changed);
        return changed;
    }

    private static string Refusal(string output) => Assert.Throws<CliException>(() => Read(output)).Message;

    private static IReadOnlyList<Plot> Read(string output) =>
        PlotReader.Read(Encoding.UTF8.GetBytes(output), "The output of j1");
}
