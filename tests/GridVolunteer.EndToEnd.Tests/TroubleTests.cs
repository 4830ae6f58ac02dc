using System.Text.Json;
using GridVolunteer.EndToEnd.Tests.Running;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.EndToEnd.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class TroubleTests(SharedGrid shared)
{
    private TestGrid Grid => shared.Grid;

    [Theory]
    [InlineData("throw", UnitFailureKind.Threw, "This unit throws on purpose.")]
    [InlineData("hang", UnitFailureKind.TimedOut, "")]
    [InlineData("large", UnitFailureKind.ResultTooLarge, "")]
    [InlineData("die", UnitFailureKind.WorkerDied, "")]
    public async Task UnitThatAlwaysFails_FailsForGoodAndTheJobCompletesWithFailures(
        string mode, UnitFailureKind kind, string message)
    {
        var id = await Grid.SubmitTroubleAsync($"mode={mode}", "units=8", "bad=3");

        var job = await Grid.EndOfAsync(id, TimeSpan.FromSeconds(80));

        Assert.Equal(JobState.CompletedWithFailures, job.State);
        Assert.Equal((7, 1), (job.UnitsValidated, job.UnitsFailed));
        var failures = (await Grid.Client.FailuresAsync(id, after: null, 100, CancellationToken.None)).Items;
        Assert.All(
            failures, failure => Assert.Equal((0, 3, kind), (failure.Level, failure.Unit, failure.Kind)));
        Assert.All(failures, failure => Assert.Contains(message, failure.Message, StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Final);
        Assert.Equal(5, failures.Select(failure => failure.Peer).Distinct().Count());
        Assert.Equal("""{"sum":25,"units":7,"ballast":""}""", (await Grid.RunAsync("output", id.ToString())).Expect(0).Out);
        Assert.Contains("\"unit\":3,\"state\":\"failed\"", (await Grid.RunAsync("results", id.ToString())).Expect(0).Out, StringComparison.Ordinal);
        Assert.Contains("completed with failures", (await Grid.RunAsync("watch", id.ToString())).Expect(1).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobWhoseUnitsAllFail_Fails()
    {
        var id = await Grid.SubmitTroubleAsync("mode=throw", "units=3", "bad=-1");

        var job = await Grid.EndOfAsync(id, TimeSpan.FromSeconds(60));

        Assert.Equal((JobState.Failed, 3L), (job.State, job.UnitsFailed));
        Assert.NotNull(job.Failure);
        var shown = (await Grid.RunAsync("job", id.ToString())).Expect(0);
        Assert.Contains("This unit throws on purpose.", shown.Out, StringComparison.Ordinal);
        (await Grid.RunAsync("output", id.ToString())).Expect(1);
    }

    [Fact]
    public async Task PackageThatCannotBeLoaded_FailsTheJobWithAReason()
    {
        var bytes = "This is no package at all."u8.ToArray();
        var blob = BlobHasher.Of(bytes);
        await Grid.Client.UploadBlobAsync(blob, () => new MemoryStream(bytes), CancellationToken.None);
        var submission = new JobSubmission
        {
            RequestId = "cannot-be-loaded",
            Workload = "Nonsense",
            Package = blob,
            Parameters = JsonElement.Parse("{}"),
            Units = 2,
        };
        var id = (await Grid.Client.SubmitAsync(submission, CancellationToken.None)).JobId;

        var job = await Grid.EndOfAsync(id, TimeSpan.FromSeconds(60));

        Assert.Equal(JobState.Failed, job.State);
        var failures = (await Grid.Client.FailuresAsync(id, after: null, 100, CancellationToken.None)).Items;
        Assert.All(failures, failure => Assert.Equal(UnitFailureKind.CannotLoad, failure.Kind));
        Assert.Contains("cannot be loaded", (await Grid.RunAsync("job", id.ToString())).Expect(0).Out, StringComparison.Ordinal);
    }
}
