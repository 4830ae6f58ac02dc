using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridVolunteer.Sdk.Plots;
using GridVolunteer.Sdk.Serialization;

namespace GridVolunteer.Sdk.Tests.Plots;

/// <summary>The form in JSON is a contract: other programs write it, and the command line reads it.</summary>
public sealed class PlotJsonTests
{
    private static readonly string Expected =
        """
        {"title":"Waits <of> customers","x":{"label":"time, min","logarithmic":false},
        "y":{"label":"customers","logarithmic":true},"series":[
        {"name":"counted","kind":"bars","x":[0.5,1.5],"y":[10,3]},
        {"name":"one","kind":"line","x":[0],"y":[1]},
        {"name":"two","kind":"points","x":[0],"y":[1]},
        {"name":"95 %","kind":"band","x":[0,1],"y":[1,2],"high":[3,4]}]}
        """.ReplaceLineEndings("");

    private static readonly JsonSerializerOptions Contrary = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper,
        Converters = { new JsonNumberEnumConverter<PlotKind>() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Plot Sample = new(
        "Waits <of> customers", new PlotAxis("time, min"), new PlotAxis("customers", Logarithmic: true),
        [
            new PlotSeries("counted", PlotKind.Bars, [0.5, 1.5], [10, 3]),
            new PlotSeries("one", PlotKind.Line, [0], [1]),
            new PlotSeries("two", PlotKind.Points, [0], [1]),
            new PlotSeries("95 %", PlotKind.Band, [0, 1], [1, 2]) { High = [3, 4] },
        ]);

    [Fact]
    public void ThePlatformsJson_IsTheContract_WithAndWithoutSourceGeneration()
    {
        Assert.Equal(Expected, Encoding.UTF8.GetString(new JsonBytes(null).Write(Sample)));
        Assert.Equal(Expected, Encoding.UTF8.GetString(new JsonBytes(PlotSampleJson.Default).Write(Sample)));
    }

    [Fact]
    public void AnAuthorsOwnOptions_ChangeNothing()
    {
        Assert.Equal(Expected, JsonSerializer.Serialize(Sample, Contrary));
        Assert.Equal(
            Expected.Replace("<of>", "\\u003Cof\\u003E", StringComparison.Ordinal),
            JsonSerializer.Serialize(Sample, PlotSampleJson.Default.Plot));
    }

    [Fact]
    public void WhatWasWritten_ReadsBack()
    {
        var json = new JsonBytes(PlotSampleJson.Default);
        var read = json.Read<Plot>(json.Write(Sample), "plot");
        Assert.Equal(json.Write(Sample), json.Write(read));
    }
}
