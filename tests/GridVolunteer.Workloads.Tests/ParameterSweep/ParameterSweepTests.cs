using System.Diagnostics;
using System.Text;
using System.Text.Json;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ParameterSweep;

namespace GridVolunteer.Workloads.Tests.ParameterSweep;

public sealed class ParameterSweepTests : IDisposable
{
    private static readonly string Sample = Path.Combine(
        AppContext.BaseDirectory, "ParameterSweep", "sample");

    private readonly string _folder = Directory.CreateTempSubdirectory("gridvolunteer-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Sample_GivesTheExpectedOutput()
    {
        var job = await Job(("epidemic.awk", Path.Combine(Sample, "epidemic.awk"))).PlanAsync(
            """
            { "command": "awk -v beta={beta} -v gamma={gamma} -f epidemic.awk", "outputs": "curve.txt",
              "beta": "0.2..0.5:0.1", "gamma": "0.05,0.1" }
            """);
        Assert.Equal(8, job.Plan.Units);
        Assert.Equal(["awk"], job.Plan.Needs.Programs);
        var output = await job.RunToBytesAsync();
        Assert.Equal(
            File.ReadAllText(Path.Combine(Sample, "expected.json")).Trim(), Encoding.UTF8.GetString(output));
    }

    [Fact]
    public async Task Run_GivesParametersOutputAndExitCode()
    {
        var run = await RunAsync("""{ "command": "sh -c 'echo \"$1 $2\"; exit 3' - {word} {n}", "word": "[\"a  b\"]", "n": "7" }""");
        Assert.Equal(
            """{"index":0,"parameters":{"word":"a  b","n":7},"exitCode":3,"stdout":"a  b 7\n","stderr":"","files":{}}""",
            run.GetRawText());
    }

    [Fact]
    public async Task Run_ReadsNoInput_AndSeesNoSecrets()
    {
        Environment.SetEnvironmentVariable("GRIDVOLUNTEER_SECRET", "s3cret");
        var run = await RunAsync("""{ "command": "sh -c 'cat; env | grep -c s3cret; echo $LC_ALL'" }""");
        Assert.Equal("0\nC.UTF-8\n", run.GetProperty("stdout").GetString());
    }

    [Fact]
    public async Task Run_CollectsItsFiles_TextAndOther()
    {
        var run = await RunAsync(
            """
            { "shell": true, "outputs": "{index}.txt,sub/b.bin", "i": 4,
              "command": "printf text > {index}.txt; mkdir sub; printf '\\377\\000' > sub/b.bin; echo {i}" }
            """);
        Assert.Equal("""{"0.txt":{"text":"text"},"sub/b.bin":{"base64":"/wA="}}""", run.GetProperty("files").GetRawText());
    }

    [Fact]
    public async Task Input_IsPutIntoTheRunsFolder_Executable()
    {
        var script = Path.Combine(_folder, "program");
        File.WriteAllText(script, "#!/bin/sh\necho changed > data\necho ran $1\n");
        File.WriteAllText(Path.Combine(_folder, "data"), "original");
        var job = await Job(("prog", script), ("data", Path.Combine(_folder, "data"))).PlanAsync("""{ "command": "./prog {x}", "x": "1,2" }""");
        var output = await job.RunAsync();
        Assert.Equal(["ran 1\n", "ran 2\n"], Runs(output).Select(r => r.GetProperty("stdout").GetString()));
        Assert.Equal("original", File.ReadAllText(Path.Combine(_folder, "data")));
    }

    [Fact]
    public async Task Stdout_IsBounded_AndSaysSo()
    {
        var run = await RunAsync("""{ "command": "sh -c 'head -c 1000000 /dev/zero | tr \"\\\\0\" x'" }""");
        Assert.Equal(64 << 10, run.GetProperty("stdout").GetString()!.Length);
        Assert.Equal(1_000_000, run.GetProperty("stdoutCutFromBytes").GetInt64());
    }

    [Theory]
    [InlineData("""{ "command": "no-such-program" }""", "'no-such-program' cannot be started")]
    [InlineData("""{ "command": "sh -c 'kill -9 $$'" }""", "ended with exit code 137")]
    [InlineData("""{ "command": "sh -c 'no-such-program'" }""", "ended with exit code 127")]
    [InlineData("""{ "command": "sh -c 'echo because >&2; exit 1'", "failOn": "nonzero" }""", "ended with exit code 1. because")]
    [InlineData("""{ "command": "true", "outputs": "out.csv" }""", "exit code 0, but did not write 'out.csv'")]
    [InlineData("""{ "command": "sh -c 'head -c 17000000 /dev/zero > f'", "outputs": "f" }""", "more than 16 MiB")]
    [InlineData("""{ "command": "ln -s /dev/zero f", "outputs": "f" }""", "more than 16 MiB")]
    [InlineData("""{ "command": "true", "outputs": "{x}", "x": "../up" }""", "not inside the run's folder")]
    public async Task MachinesTrouble_FailsTheUnit(string parameters, string message)
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(() => RunAsync(parameters));
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public async Task Crash_IsAResult_WhenAskedFor() => Assert.Equal(
        137, (await RunAsync("""{ "command": "sh -c 'kill -9 $$'", "failOn": "never" }""")).GetProperty("exitCode").GetInt32());

    [Theory]
    [InlineData("""{ }""", "command is missing")]
    [InlineData("""{ "command": "run {seed}" }""", "The command has {seed}, but there is no such dimension")]
    [InlineData("""{ "command": "run", "seed": "1..3" }""", "'seed' is neither an option nor used: write {seed} in the command")]
    [InlineData("""{ "command": "run {index}", "index": "1..3" }""", "'index' is the run's own number")]
    [InlineData("""{ "command": "run {x}", "x": "3..1" }""", "The range 3..1 of 'x' is empty")]
    [InlineData("""{ "command": "run", "outputs": "../x" }""", "must be a file inside the run's folder")]
    [InlineData("""{ "command": "run", "programs": "frobnicate" }""", "Agents do not report the program 'frobnicate'")]
    [InlineData("""{ "command": "run", "failOn": "sometimes" }""", "failOn is 'sometimes', but must be one of Crash, NonZero, Never")]
    public async Task Mistake_IsToldAtPlanning(string parameters, string message)
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(() => Job().PlanAsync(parameters));
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public async Task Estimate_NeverExceedsTheTimeLimit()
    {
        var job = await Job().PlanAsync("""{ "command": "true", "timeLimitSeconds": "2" }""");
        Assert.Equal(2, job.Plan.UnitSecondsEstimate);
    }

    [Fact]
    public async Task InputName_ThatIsNoFileName_IsRefused()
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(
            () => Job(("../x", Path.Combine(Sample, "epidemic.awk"))).PlanAsync("""{ "command": "true" }"""));
        Assert.Contains("The input '../x'", thrown.Message);
    }

    [Fact]
    public async Task Plan_OfABillionRuns_TakesNoTime()
    {
        var watch = Stopwatch.StartNew();
        var job = await Job().PlanAsync("""{ "command": "python3 m.py {a} {b}", "a": "1..1000000", "b": "1..1000", "programs": "R" }""");
        Assert.Equal(1_000_000_000, job.Plan.Units);
        Assert.Null(job.Plan.Table);
        Assert.Equal(["r", "python3"], job.Plan.Needs.Programs);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Cancellation_KillsWhatTheProgramStarted_EvenOrphans()
    {
        // The shell ends at once; the orphan holds the pipe, so the run is still going on.
        var pidFile = Path.Combine(_folder, "pid");
        var script = Path.Combine(_folder, "script");
        File.WriteAllText(
            script, $"#!/bin/sh\n(sleep 1000 & echo $! > {pidFile}.part; mv {pidFile}.part {pidFile}) &\n");
        var job = await Job(("script", script)).PlanAsync("""{ "command": "./script" }""");
        using var source = new CancellationTokenSource();
        var scratch = Directory.CreateDirectory(Path.Combine(_folder, "scratch")).FullName;
        using var watcher = new FileSystemWatcher(_folder);
        var written = new TaskCompletionSource();
        watcher.Renamed += (_, e) => written.TrySetResult();
        watcher.EnableRaisingEvents = true;
        var running = job.ComputeAsync(job.Context(0, scratch), source.Token);
        await written.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var orphan = Process.GetProcessById(
            int.Parse(File.ReadAllText(pidFile), System.Globalization.CultureInfo.InvariantCulture));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await orphan.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
    }

    private LocalJob Job(params (string Name, string Path)[] inputs) =>
        new(new ParameterSweepWorkload(), inputs.ToDictionary(i => i.Name, i => i.Path));

    private async Task<JsonElement> RunAsync(string parameters)
    {
        var job = await Job().PlanAsync(parameters);
        return Runs(await job.RunAsync()).Single();
    }

    private static IEnumerable<JsonElement> Runs(JsonElement output) =>
        output.GetProperty("runs").EnumerateArray();
}
