using System.Globalization;
using System.Text;
using System.Text.Json;
using GridVolunteer.Agent.Worker;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Tests.Worker;

/// <summary>Real worker processes, and workloads of all kinds of manners.</summary>
public sealed class WorkerProcessTests : IAsyncDisposable
{
    private readonly WorkerBench _bench = new();

    [Fact]
    public async Task Units_AreComputedInOrder_AndTheWorkerStaysWarm()
    {
        var worker = await _bench.StartAsync();
        await _bench.SendAsync(worker, first: 5, count: 3);
        Assert.Equal(["5", "6", "7"], [await _bench.NextTextAsync(), await _bench.NextTextAsync(), await _bench.NextTextAsync()]);

        await _bench.SendAsync(worker, first: 100, count: 1);
        Assert.Equal("100", await _bench.NextTextAsync());
        Assert.False(worker.Ended.IsCompleted);
    }

    [Fact]
    public async Task ManyTinyUnits_ShareFrames()
    {
        var worker = await _bench.StartAsync();
        await _bench.SendAsync(worker, first: 0, count: 4000);
        for (var i = 0; i < 4000; i++)
        {
            Assert.Equal($"{i}", await _bench.NextTextAsync());
        }

        Assert.True(_bench.Events.ResultFrames < 400, $"{_bench.Events.ResultFrames} frames for 4,000 units.");
    }

    [Theory]
    [InlineData("throw", UnitFailureKind.Threw, "The moon is in the wrong house.")]
    [InlineData("refuse", UnitFailureKind.Threw, "The input has no third column.")]
    [InlineData("null", UnitFailureKind.Threw, "returned null")]
    public async Task AWorkloadThatThrows_FailsItsUnitAlone(string mode, UnitFailureKind kind, string said)
    {
        var worker = await _bench.StartAsync($$"""{ "mode": "{{mode}}", "at": 1 }""");
        await _bench.SendAsync(worker, first: 0, count: 3);

        Assert.Equal("0", await _bench.NextTextAsync());
        var (unit, outcome) = await _bench.Events.NextFinished();
        Assert.Equal((1, kind), (unit, outcome.Failure));
        Assert.Contains(said, outcome.Message, StringComparison.Ordinal);
        Assert.Equal("2", await _bench.NextTextAsync());
    }

    [Fact]
    public async Task AUnitThatHangs_IsTimedOut_AndOnlyItIsToBlame()
    {
        var worker = await _bench.StartAsync("""{ "mode": "hang", "at": 1 }""", limitSeconds: 0.3);
        await _bench.SendAsync(worker, first: 0, count: 3);

        Assert.Equal("0", await _bench.NextTextAsync());
        var (_, done, failure, _) = await _bench.Events.NextAbandoned();
        Assert.Equal(1, done);
        Assert.Equal(UnitFailureKind.TimedOut, failure?.Failure);
    }

    [Fact]
    public async Task WhatAHangingUnitStarted_EndsWithIt()
    {
        var pidFile = Path.Combine(_bench.Folder, "pid");
        var worker = await _bench.StartAsync(
            $$"""{ "mode": "hang-with-child", "pidFile": {{JsonSerializer.Serialize(pidFile)}} }""", limitSeconds: 1);
        await _bench.SendAsync(worker, first: 0, count: 1);

        await _bench.Events.NextAbandoned();
        var child = int.Parse(await File.ReadAllTextAsync(pidFile), CultureInfo.InvariantCulture);
        await EndedAsync(child);
    }

    [Theory]
    [InlineData("fail-fast", "The reactor is open.")]
    [InlineData("exit", "I leave.")]
    public async Task AWorkerThatDies_LeavesItsLastWords_AndTheRestUnblamed(string mode, string lastWords)
    {
        var worker = await _bench.StartAsync($$"""{ "mode": "{{mode}}", "at": 1 }""");
        await _bench.SendAsync(worker, first: 1, count: 1);
        await _bench.SendAsync(worker, first: 10, count: 1);

        var culprit = await _bench.Events.NextAbandoned();
        Assert.Equal((1, UnitFailureKind.WorkerDied), (culprit.Batch.UnitAt(0), culprit.Failure?.Failure));
        Assert.Contains(lastWords, culprit.Failure?.Message, StringComparison.Ordinal);
        var next = await _bench.Events.NextAbandoned();
        Assert.Equal(10, next.Batch.UnitAt(0));
        Assert.Null(next.Failure);
        Assert.False(next.Suspect);
    }

    [Fact]
    public async Task AWorkerThatDiesAmongManyUnits_BlamesNone_AndSuspectsThem()
    {
        var worker = await _bench.StartAsync("""{ "mode": "exit", "at": 50 }""");
        await _bench.SendAsync(worker, first: 0, count: 100);

        var (_, done, failure, suspect) = await _bench.Events.NextAbandoned();
        Assert.True(done <= 50);
        Assert.Null(failure);
        Assert.True(suspect);
    }

    [Fact]
    public async Task AfterAWorkerHasEnded_WhatItIsSentIsAbandonedAtOnce()
    {
        var worker = await _bench.StartAsync();
        worker.End(WorkerEnd.NotNeeded);
        await worker.Ended;

        await _bench.SendAsync(worker, first: 0, count: 1);
        var (_, done, failure, _) = await _bench.Events.NextAbandoned();
        Assert.Equal(0, done);
        Assert.Null(failure);
    }

    [Fact]
    public async Task AResultLargerThanTheJobAllows_Fails()
    {
        var worker = await _bench.StartAsync("""{ "mode": "large", "size": 2000 }""", resultSizeBytesMax: 1999);
        await _bench.SendAsync(worker, first: 0, count: 1);

        var (_, outcome) = await _bench.Events.NextFinished();
        Assert.Equal(UnitFailureKind.ResultTooLarge, outcome.Failure);
        Assert.Contains("1999", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AResultTooLargeForAReport_ComesAsAFile()
    {
        var worker = await _bench.StartAsync("""{ "mode": "large", "size": 5000 }""");
        await _bench.SendAsync(worker, first: 0, count: 1);

        var (_, outcome) = await _bench.Events.NextFinished();
        Assert.NotNull(outcome.File);
        Assert.Equal(5000, new FileInfo(Path.Combine(_bench.Events.ResultFolder!, outcome.File)).Length);
    }

    [Fact]
    public async Task Printing_DoesNotDisturbTheProtocol()
    {
        var worker = await _bench.StartAsync("""{ "mode": "print" }""");
        await _bench.SendAsync(worker, first: 3, count: 1);
        Assert.Equal("3", await _bench.NextTextAsync());
    }

    [Fact]
    public async Task AsynchronousWorkloads_AreWaitedFor()
    {
        var worker = await _bench.StartAsync("""{ "mode": "async" }""");
        await _bench.SendAsync(worker, first: 3, count: 2);
        Assert.Equal(["3", "4"], [await _bench.NextTextAsync(), await _bench.NextTextAsync()]);
    }

    [Fact]
    public async Task TableInputs_ReachTheirUnits()
    {
        var worker = await _bench.StartAsync("""{ "mode": "input" }""");
        await _bench.SendAsync(worker, first: 0, count: 2, inputs: [3, .. "one"u8, 3, .. "two"u8]);
        Assert.Equal(["one", "two"], [await _bench.NextTextAsync(), await _bench.NextTextAsync()]);
    }

    [Fact]
    public async Task NamedInputs_AreFiles()
    {
        var path = Path.Combine(_bench.Folder, "data");
        await File.WriteAllTextAsync(path, "content");
        var worker = await _bench.StartAsync(
            """{ "mode": "inputs" }""", inputs: new Dictionary<string, string> { ["query"] = path });
        await _bench.SendAsync(worker, first: 0, count: 1);
        Assert.Equal("query=content", await _bench.NextTextAsync());
    }

    [Fact]
    public async Task EveryUnit_FindsItsFolderEmpty()
    {
        var worker = await _bench.StartAsync("""{ "mode": "scratch" }""");
        await _bench.SendAsync(worker, first: 0, count: 3);
        Assert.Equal(["0", "0", "0"], [await _bench.NextTextAsync(), await _bench.NextTextAsync(), await _bench.NextTextAsync()]);
    }

    [Fact]
    public async Task ACheckpoint_ComesOut_AndAUnitResumesFromIt()
    {
        var first = await _bench.StartAsync("""{ "mode": "checkpoint" }""");
        await _bench.SendAsync(first, first: 0, count: 1);
        Assert.Equal(0.5, await _bench.Events.NextProgress());
        Assert.Equal("half way", await _bench.Events.NextCheckpoint());
        first.End(WorkerEnd.NotNeeded);
        Assert.Null((await _bench.Events.NextAbandoned()).Failure);

        var second = await _bench.StartAsync("""{ "mode": "checkpoint" }""");
        await _bench.SendAsync(second, first: 0, count: 1, checkpoint: "half way"u8.ToArray());
        Assert.Equal("resumed from half way", await _bench.NextTextAsync());
    }

    [Fact]
    public async Task AMerge_TakesBytesFilesAndHoles()
    {
        var path = Path.Combine(_bench.Folder, "child");
        await File.WriteAllTextAsync(path, "from a file");
        var worker = await _bench.StartAsync();
        await _bench.MergeAsync(
            worker, new MergeChild(Encoding.UTF8.GetBytes("inline"), null), MergeChild.Hole, new MergeChild(null, path));
        Assert.Equal("inline,hole,from a file", await _bench.NextTextAsync());
    }

    [Fact]
    public async Task AMergeOfAFileThatIsGone_FailsForItsInput()
    {
        var worker = await _bench.StartAsync();
        await _bench.MergeAsync(worker, new MergeChild(null, Path.Combine(_bench.Folder, "gone")));
        Assert.Equal(UnitFailureKind.InputUnavailable, (await _bench.Events.NextFinished()).Outcome.Failure);
    }

    [Fact]
    public async Task APackageThatCannotBeLoaded_IsToldAsSuch()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_bench.Folder, "broken")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "workload.json"), """{ "name": "Broken", "version": "0.1.0", "assembly": "Broken.dll" }""");
        await File.WriteAllTextAsync(Path.Combine(folder, "Broken.dll"), "this is no assembly");

        var fault = await Assert.ThrowsAsync<WorkloadLoadException>(() => _bench.StartAsync(package: folder));
        Assert.Contains("Broken.dll", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgramThatIsNoWorker_IsTheMachinesTrouble()
    {
        var job = new WorkerJob(new(1), TimeSpan.FromSeconds(1), new OpenMessage
        {
            PackageFolder = "",
            ScratchFolder = _bench.Folder,
            ResultFolder = "",
            Parameters = default,
            Inputs = new Dictionary<string, string>(),
            Seed = 0,
            ResultSizeBytesMax = 1,
            CheckpointInterval = default,
        });
        await Assert.ThrowsAsync<WorkerStartException>(() => WorkerProcess.StartAsync(
            new WorkerCommand("/bin/false", []), job, _bench.Events, TimeProvider.System, CancellationToken.None));
        await Assert.ThrowsAsync<WorkerStartException>(() => WorkerProcess.StartAsync(
            new WorkerCommand("no-such-program", []), job, _bench.Events, TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public async Task AWorker_RunsAtTheLowestPriority_AndKnowsNoSecrets()
    {
        var worker = await _bench.StartAsync("""{ "mode": "surroundings" }""");
        await _bench.SendAsync(worker, first: 0, count: 1);
        var text = await _bench.NextTextAsync();
        Assert.Equal("""{"secrets":"0","nice":"19"}""", text);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <summary>Waits until a process has gone, or is a zombie that nobody has reaped.</summary>
    private static async Task EndedAsync(int id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (IsAlive(id))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
