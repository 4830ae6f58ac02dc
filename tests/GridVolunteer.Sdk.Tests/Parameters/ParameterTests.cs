using System.Text.Json;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Sdk.Tests.Parameters;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("units", "1e3", "units", "1000")]
    [InlineData("UNITS", "7", "units", "7")]
    [InlineData("scale", "-2.5e-3", "scale", "-0.0025")]
    [InlineData("mode", "exact", "mode", "\"Exact\"")]
    [InlineData("verbose", "yes", "verbose", "true")]
    [InlineData("label", "123", "label", "\"123\"")]
    [InlineData("sizes", "1, 2,3", "sizes", "[1,2,3]")]
    [InlineData("sizes", "[4,5]", "sizes", "[4,5]")]
    [InlineData("limit", "3", "limit", "3")]
    public async Task Text_BecomesThePropertysType(string name, string text, string property, string json)
    {
        var given = new Dictionary<string, string> { ["units"] = "1" };
        given.Remove(name.ToLowerInvariant());
        given[name] = text;
        var parameters = await PlanAsync(JsonSerializer.Serialize(given));
        Assert.Equal(json, parameters.GetProperty(property).GetRawText());
    }

    [Theory]
    [InlineData("""{ "units": "abc" }""", "units is 'abc', but must be an integer")]
    [InlineData("""{ "units": "1.5" }""", "units is '1.5', but must be an integer")]
    [InlineData("""{ "units": "99999999999" }""", "units is '99999999999', but must be an integer in range")]
    [InlineData("""{ "units": 1, "scale": "NaN" }""", "scale is 'NaN', but must be a number")]
    [InlineData("""{ "units": 1, "mode": "slow" }""", "mode is 'slow', but must be one of Fast, Exact")]
    [InlineData("""{ "units": 1, "verbose": "maybe" }""", "verbose is 'maybe', but must be true or false")]
    [InlineData("""{ "units": 1, "sizes": "1,x" }""", "sizes is '1,x', but must be a list of integer")]
    [InlineData("""{ "units": 1, "tpo": "5" }""", "there is no parameter 'tpo', did you mean 'top'? (known: units, top, scale")]
    [InlineData("""{ "units": 1, "whatever": "5" }""", "there is no parameter 'whatever' (known: ")]
    [InlineData("""{ }""", "units is missing: Units to plan.")]
    [InlineData("""{ "units": 1, "top": 0 }""", "top is 0, but must be from 1 to 100")]
    [InlineData("""{ "units": 1, "label": "bad" }""", "label must not be 'bad'")]
    [InlineData("""{ "units": 1, "Units": 2 }""", "units is given twice")]
    [InlineData("""[1]""", "Parameters are one JSON object")]
    public async Task Mistake_IsToldWithWhatToDo(string given, string message)
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(() => PlanAsync(given));
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public async Task Mistakes_AreToldAllAtOnce()
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(() => PlanAsync("""{ "top": "101", "scale": "y", "z": 1 }"""));
        Assert.Equal(
            """
            The parameters are wrong:
            - top is 101, but must be from 1 to 100.
            - scale is 'y', but must be a number.
            - there is no parameter 'z' (known: units, top, scale, mode, verbose, label, sizes, limit).
            - units is missing: Units to plan.
            """,
            thrown.Message);
    }

    [Fact]
    public async Task Null_MeansTheDefault() => Assert.Equal(
        25, (await PlanAsync("""{ "units": 1, "top": null, "limit": null }""")).GetProperty("top").GetInt32());

    private static async Task<JsonElement> PlanAsync(string parameters)
    {
        IWorkload workload = new SampleWorkload();
        var context = new PlanContext { Parameters = JsonElement.Parse(parameters), Inputs = new Dictionary<string, string>() };
        return (await workload.PlanAsync(context, default)).Parameters;
    }
}
