using System.Text.Json;
using GridVolunteer.Cli.Demo;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Tests.Demo;

public sealed class DemoEndingTests
{
    private static readonly DemoResult Good = new()
    {
        JobId = new JobId(1),
        State = JobState.Completed,
        UnitsTotal = 80,
        UnitsValidated = 80,
        UnitsReassigned = 3,
        AgentsKilled = 1,
        Seconds = 9.5,
        Output = Output(740, 738),
    };

    [Fact]
    public void ResultOfAGoodDemo_HasNoFaults() => Assert.Empty(DemoEnding.Faults(Good));

    [Fact]
    public void NothingTakenOver_IsAFault() =>
        Assert.Contains("validated by another", Assert.Single(DemoEnding.Faults(Good with { UnitsReassigned = 0 })), StringComparison.Ordinal);

    [Fact]
    public void NobodyKilled_IsAFault() =>
        Assert.Single(DemoEnding.Faults(Good with { AgentsKilled = 0, UnitsReassigned = 0 }));

    [Fact]
    public void OtherBestScores_AreAFault() =>
        Assert.Single(DemoEnding.Faults(Good with { Output = Output(740, 700) }));

    [Fact]
    public void MissingOutput_IsAFault() =>
        Assert.Equal(2, DemoEnding.Faults(Good with { State = JobState.Failed, Output = null }).Count());

    [Fact]
    public void Json_HasExactlyTheFieldsThatScriptsReadInOneLine()
    {
        var line = JsonSerializer.Serialize(Good, DemoJson.Default.DemoResult);

        Assert.DoesNotContain('\n', line);
        using var document = JsonDocument.Parse(line);
        Assert.Equal(
            ["jobId", "state", "unitsTotal", "unitsValidated", "unitsReassigned", "agentsKilled", "seconds", "output"],
            document.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("completed", document.RootElement.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Object, document.RootElement.GetProperty("output").ValueKind);
    }

    private static JsonElement Output(params int[] scores) => JsonSerializer.SerializeToElement(new
    {
        queries = new[]
        {
            new
            {
                query = "HBB_HUMAN",
                length = 146,
                hits = scores.Select(score => new { target = "T", score, bitScore = 1.0, eValue = 1.0 }).ToArray(),
            },
        },
    });
}
