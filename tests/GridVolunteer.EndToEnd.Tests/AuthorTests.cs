using System.Text.Json;
using GridVolunteer.EndToEnd.Tests.Running;

namespace GridVolunteer.EndToEnd.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class AuthorTests(SharedGrid shared)
{
    private TestGrid Grid => shared.Grid;

    [Fact]
    public async Task NewWorkload_BuildsTestsPacksAndRunsOnTheGrid()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Grid.Folder, "author")).FullName;

        (await Grid.Program.RunInAsync(folder, "workload", "new", "Pendulum")).Expect(0);
        var tested = (await Grid.Program.RunInAsync(
            folder, "workload", "test", "Pendulum", "--param", "points=10000", "--units", "2")).Expect(0);
        Assert.Contains("Pendulum passed", tested.Out, StringComparison.Ordinal);

        (await Grid.Program.RunInAsync(folder, "workload", "pack", "Pendulum")).Expect(0);
        var package = Path.Combine(folder, "Pendulum.gvw");
        var inspected =
            (await Grid.Program.RunAsync("workload", "inspect", package, "--json")).Expect(0).Json;
        Assert.Equal("Pendulum", inspected.GetProperty("name").GetString());
        Assert.Contains(
            "points", inspected.GetProperty("parameters").EnumerateArray().Select(
                p => p.GetProperty("name").GetString()));

        var submitted = (await Grid.RunAsync(
            "submit", package, "--param", "units=30", "--param", "points=20000", "--watch",
            "--json")).Expect(0);
        var output =
            (await Grid.RunAsync("output", submitted.Json.GetProperty("jobId").GetString()!)).Expect(0).Json;
        Assert.Equal(600_000, output.GetProperty("thrown").GetInt64());
        Assert.InRange(output.GetProperty("pi").GetDouble(), 3.1, 3.2);
    }

    [Fact]
    public async Task Sweep_RunsAPythonProgramOnceForEachCombination()
    {
        var model = Path.Combine(Grid.Folder, "model.py");
        await File.WriteAllTextAsync(
            model,
            """
            import sys
            seed, scale = int(sys.argv[1]), float(sys.argv[2])
            open("out.csv", "w").write(f"{seed},{scale}\n")
            print(seed * scale)
            """);

        var submitted = (await Grid.RunAsync(
            "sweep", "python3 model.py {seed} {scale}", "seed=1..5", "scale=0.5,2", "outputs=out.csv",
            "--input", model, "--watch", "--json")).Expect(0);

        var id = submitted.Json.GetProperty("jobId").GetString()!;
        var output = (await Grid.RunAsync("output", id)).Expect(0).Json;
        Assert.Equal(10, output.GetProperty("combinations").GetInt32());
        var last = output.GetProperty("runs")[9];
        Assert.Equal("10.0", last.GetProperty("stdout").GetString()!.Trim());
        Assert.Equal(0, last.GetProperty("exitCode").GetInt32());
        Assert.Equal(
            "5,2.0\n", last.GetProperty("files").GetProperty("out.csv").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Sweep_KeepsExitCodesOfAShellScript()
    {
        var script = Path.Combine(Grid.Folder, "fit.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh\necho \"fit $1\"\nexit $1\n");

        var submitted = (await Grid.RunAsync(
            "submit", "parametersweep", "--param", "command=./fit.sh {code}", "--param", "code=0..3",
            "--input", $"fit.sh={script}", "--json", "--watch")).Expect(0);

        var results =
            (await Grid.RunAsync("results", submitted.Json.GetProperty("jobId").GetString()!)).Expect(0);
        var runs = results.Out.TrimEnd().Split('\n')
            .Select(line => JsonElement.Parse(line).GetProperty("result").GetProperty("runs")[0]).ToArray();
        Assert.Equal([0, 1, 2, 3], runs.Select(run => run.GetProperty("exitCode").GetInt32()));
        Assert.Equal("fit 3\n", runs[3].GetProperty("stdout").GetString());
    }

    [Fact]
    public async Task Sweep_WithAPlaceholderWithoutValues_IsRefusedBeforeAnythingIsSent()
    {
        var refused = (await Grid.RunAsync("sweep", "echo {seed} {rate}", "seed=1..5")).Expect(2);

        Assert.Contains("{rate}", refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Out);
    }
}
