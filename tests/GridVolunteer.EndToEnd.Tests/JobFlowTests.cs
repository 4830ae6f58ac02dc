using System.Text.Json;
using GridVolunteer.EndToEnd.Tests.Running;

namespace GridVolunteer.EndToEnd.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class JobFlowTests(SharedGrid shared)
{
    private TestGrid Grid => shared.Grid;

    [Fact]
    public async Task Job_IsSubmittedWatchedAndRead()
    {
        var submitted = (await Grid.RunAsync(
            "submit", TestGrid.TroubleFolder, "--param", "units=20", "--name", "a sum", "--priority", "7",
            "--watch")).Expect(0);
        var id = submitted.Out.Split('\n')[0].Split(' ')[1].TrimEnd(':');
        Assert.Contains($"{id} completed", submitted.Out, StringComparison.Ordinal);

        var output = (await Grid.RunAsync("output", id)).Expect(0);
        Assert.Equal("""{"sum":190,"units":20,"ballast":""}""", output.Out);

        var lines = (await Grid.RunAsync("results", id)).Expect(0).Out.TrimEnd().Split('\n');
        Assert.Equal(Enumerable.Range(0, 20), lines.Select(
            line => JsonElement.Parse(line).GetProperty("unit").GetInt32()));
        Assert.Equal("""{"unit":19,"state":"valid","result":{"sum":19,"units":1,"ballast":""}}""", lines[19]);

        var job = (await Grid.RunAsync("job", id, "--json")).Expect(0).Json;
        Assert.Equal(
            ("a sum", "Trouble", "completed", 7, 20),
            (job.GetProperty("name").GetString(), job.GetProperty("workload").GetString(), job.GetProperty("state").GetString(),
                job.GetProperty("priority").GetInt32(), job.GetProperty("unitsValidated").GetInt32()));
        Assert.Equal(0, job.GetProperty("failures").GetArrayLength());
    }

    [Fact]
    public async Task ResultsAndOutput_GoToFilesAndResume()
    {
        var id = (await Grid.SubmitTroubleAsync("units=10")).ToString();
        (await Grid.RunAsync("watch", id)).Expect(0);
        var results = Path.Combine(Grid.Folder, "results.ndjson");
        var output = Path.Combine(Grid.Folder, "output.json");

        (await Grid.RunAsync("results", id, "-o", results)).Expect(0);
        (await Grid.RunAsync("output", id, "-o", output)).Expect(0);
        var rest = (await Grid.RunAsync("results", id, "--after", "6")).Expect(0);

        var lines = await File.ReadAllLinesAsync(results);
        Assert.Equal(10, lines.Length);
        Assert.Equal(lines[7..], rest.Out.TrimEnd().Split('\n'));
        Assert.Equal("""{"sum":45,"units":10,"ballast":""}""", await File.ReadAllTextAsync(output));
    }

    [Fact]
    public async Task Pictures_OfAnOutput_AreDrawnIntoAFile()
    {
        var drawn = (await Grid.SubmitTroubleAsync("units=10", "mode=plot")).ToString();
        var plain = (await Grid.SubmitTroubleAsync("units=3")).ToString();
        (await Grid.RunAsync("watch", drawn)).Expect(0);
        (await Grid.RunAsync("watch", plain)).Expect(0);
        var picture = Path.Combine(Grid.Folder, "sum.svg");
        var output = Path.Combine(Grid.Folder, "sum.json");

        var first = (await Grid.RunAsync("output", drawn, "--plot", picture)).Expect(0);
        var svg = await File.ReadAllTextAsync(picture);
        (await Grid.RunAsync("output", drawn, "--plot", picture, "-o", output)).Expect(0);
        var refused = (await Grid.RunAsync("output", plain, "--plot", picture)).Expect(1);

        Assert.Empty(first.Out);
        Assert.Contains("Drew 'Sum by <units>'", first.Error, StringComparison.Ordinal);
        Assert.Contains(">Sum by &lt;units&gt;</text>", svg, StringComparison.Ordinal);
        Assert.StartsWith(
            """{"plots":[{"title":"Sum by <units>",""", await File.ReadAllTextAsync(output), StringComparison.Ordinal);
        Assert.Contains($"The output of {plain} has no pictures", refused.Error, StringComparison.Ordinal);
        Assert.Equal(svg, await File.ReadAllTextAsync(picture));
    }

    [Fact]
    public async Task OptionPricing_PricesItsSampleToTheExpectedBytes_AndDrawsItsConvergence()
    {
        var sample = TestGrid.PricingSampleFolder;
        var portfolio = Path.Combine(sample, "portfolio.csv");
        var submitted = (await Grid.RunAsync(
            "submit", "OptionPricing", "--input", $"portfolio={portfolio}", "--quorum", "2", "--watch")).Expect(0);
        var id = submitted.Out.Split('\n')[0].Split(' ')[1].TrimEnd(':');
        var picture = Path.Combine(Grid.Folder, "convergence.svg");

        var output = (await Grid.RunAsync("output", id)).Expect(0);
        (await Grid.RunAsync("output", id, "--plot", picture)).Expect(0);

        Assert.Equal((await File.ReadAllTextAsync(Path.Combine(sample, "expected.json"))).Trim(), output.Out);
        Assert.Contains(
            ">Convergence of dax-asian-call</text>", await File.ReadAllTextAsync(picture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listings_NameJobsAndPeers()
    {
        var id = (await Grid.SubmitTroubleAsync()).ToString();

        var jobs = (await Grid.RunAsync("jobs", "--limit", "0", "--json")).Expect(0).Json;
        var peers = (await Grid.RunAsync("peers", "--json")).Expect(0).Json;
        var plain = (await Grid.RunAsync("jobs")).Expect(0);

        Assert.Contains(id, jobs.EnumerateArray().Select(job => job.GetProperty("jobId").GetString()));
        Assert.Superset(
            new HashSet<string> { "one", "two", "three", "four", "five" },
            peers.EnumerateArray().Select(peer => peer.GetProperty("name").GetString()!).ToHashSet());
        Assert.StartsWith("JOB", plain.Out, StringComparison.Ordinal);
        Assert.Contains($"\n{id} ", plain.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_AsJson_PrintsTheIdAndNothingElse()
    {
        var submitted = (await Grid.RunAsync("submit", TestGrid.TroubleFolder, "--json")).Expect(0);

        Assert.Matches("""\A\{"jobId":"j[1-9][0-9]*"\}\r?\n\z""", submitted.Out);
    }

    [Fact]
    public async Task Quorum_OfTwo_IsComputedByTwoAgents()
    {
        var submitted = (await Grid.RunAsync(
            "submit", TestGrid.TroubleFolder, "--quorum", "2", "--param", "units=12", "--json",
            "--watch")).Expect(0);
        var id = submitted.Json.GetProperty("jobId").GetString()!;

        var job = (await Grid.RunAsync("job", id, "--json")).Expect(0).Json;

        Assert.Equal(2, job.GetProperty("quorum").GetInt32());
        Assert.Equal(12, job.GetProperty("unitsValidated").GetInt32());
        Assert.Equal("""{"sum":66,"units":12,"ballast":""}""", (await Grid.RunAsync("output", id)).Expect(0).Out);
    }

    [Fact]
    public async Task PausedJob_GoesOnWhenItIsResumed()
    {
        var id = (await Grid.SubmitTroubleAsync("units=200", "milliseconds=50")).ToString();

        var paused = (await Grid.RunAsync("pause", id, "--json")).Expect(0).Json;
        Assert.Equal("paused", paused.GetProperty("state").GetString());
        Assert.Contains("paused", (await Grid.RunAsync("job", id)).Expect(0).Out, StringComparison.Ordinal);
        (await Grid.RunAsync("resume", id)).Expect(0);

        (await Grid.RunAsync("watch", id)).Expect(0);
        Assert.Equal("""{"sum":19900,"units":200,"ballast":""}""", (await Grid.RunAsync("output", id)).Expect(0).Out);
    }

    [Fact]
    public async Task CancelledJob_EndsAndIsNotDone()
    {
        var id = (await Grid.SubmitTroubleAsync("units=100000", "milliseconds=200")).ToString();

        (await Grid.RunAsync("cancel", id)).Expect(0);

        Assert.Contains(
            "cancelled", (await Grid.RunAsync("watch", id)).Expect(1).Out, StringComparison.Ordinal);
        Assert.NotEmpty((await Grid.RunAsync("output", id)).Expect(1).Error);
        var picture = Path.Combine(Grid.Folder, "never.svg");
        Assert.NotEmpty((await Grid.RunAsync("output", id, "--plot", picture)).Expect(1).Error);
        Assert.False(File.Exists(picture));
        Assert.NotEmpty((await Grid.RunAsync("resume", id)).Expect(1).Error);
    }
}
