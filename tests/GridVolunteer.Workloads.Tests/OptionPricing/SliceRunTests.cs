using System.Text;
using System.Text.Json.Nodes;
using static GridVolunteer.Workloads.Tests.OptionPricing.PricingRun;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>Units as volunteers see them: checkpoints, progress, cancellation, memory.</summary>
public sealed class SliceRunTests : IDisposable
{
    private const string OneUnit = """{ "paths": 2000000, "unitSteps": 1000000000 }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("gridvolunteer-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Unit_GoesOnFromAnyCheckpoint_WithTheSameResult()
    {
        var job = await PlanAsync(AsianAndEuropean, OneUnit);
        Assert.Equal(1, job.Plan.Units);
        var first = new CheckpointingContext(job.Context(0, _folder));
        var expected = await job.ComputeAsync(first);
        Assert.InRange(first.Checkpoints.Count, 2, 10);
        foreach (var checkpoint in first.Checkpoints)
        {
            var resumed = new CheckpointingContext(job.Context(0, _folder), checkpoint);
            Assert.Equal(expected, await job.ComputeAsync(resumed));
            Assert.True(resumed.Checkpoints.Count < first.Checkpoints.Count);
            Assert.True(resumed.Progress[0] > 0.1);
        }
    }

    [Fact]
    public async Task CheckpointOfAnotherUnit_IsNotTakenUp()
    {
        var job = await PlanAsync(AsianAndEuropean, """{ "paths": 2000000, "unitSteps": 30000000 }""");
        var first = new CheckpointingContext(job.Context(0, _folder));
        await job.ComputeAsync(first);
        var last = job.Plan.Units - 1;
        var misled = new CheckpointingContext(job.Context(last, _folder), first.Checkpoints[0]);
        Assert.Equal(await job.ComputeAsync(last), await job.ComputeAsync(misled));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("""{ "contract": 0, "sample": 64 }""")]
    [InlineData("""{ "contract": 0, "sample": 64, "sums": { "parts": [] } }""")]
    [InlineData("""{ "contract": 0, "sample": 64, "sums": { "parts": [null] } }""")]
    [InlineData("""{ "contract": 0, "sample": 64, "sums": { "parts": [ { "contract": 0, "bucket": 0, "text": "64 1 2" } ] } }""")]
    [InlineData("""{ "contract": 0, "sample": 64, "sums": { "parts": [ { "contract": 9, "bucket": 0, "text": "64" } ] } }""")]
    public async Task CheckpointThatNoRunCanHaveLeft_IsPassedOver(string checkpoint)
    {
        var job = await PlanAsync(AsianAndEuropean, """{ "paths": 20000, "unitSteps": 1000000000 }""");
        var misled = new CheckpointingContext(job.Context(0, _folder), Encoding.UTF8.GetBytes(checkpoint));
        Assert.Equal(await job.ComputeAsync(0), await job.ComputeAsync(misled));
    }

    [Fact]
    public async Task CheckpointWhoseSumsAreNotThoseOfItsPlace_IsPassedOver()
    {
        var job = await PlanAsync(AsianAndEuropean, OneUnit);
        var first = new CheckpointingContext(job.Context(0, _folder));
        var expected = await job.ComputeAsync(first);
        var checkpoint = JsonNode.Parse(first.Checkpoints[0])!.AsObject();
        var sample = checkpoint["sample"]!.GetValue<long>();
        var parts = checkpoint["sums"]!["parts"]!.AsArray();
        await AssertPassedOverAsync(() => checkpoint["sample"] = sample + 16);
        await AssertPassedOverAsync(() => checkpoint["sample"] = -16);
        checkpoint["sample"] = sample;
        await AssertPassedOverAsync(() => parts.Add(parts[0]!.DeepClone()));
        await AssertPassedOverAsync(() => parts.RemoveAt(parts.Count - 2));

        async Task AssertPassedOverAsync(Action change)
        {
            change();
            var bytes = Encoding.UTF8.GetBytes(checkpoint.ToJsonString());
            var misled = new CheckpointingContext(job.Context(0, _folder), bytes);
            Assert.Equal(expected, await job.ComputeAsync(misled));
            Assert.Equal(first.Checkpoints.Count, misled.Checkpoints.Count);
        }
    }

    [Fact]
    public async Task Progress_RisesAndIsReportedEveryFewMillisecondsOfWork()
    {
        var job = await PlanAsync(AsianAndEuropean, OneUnit);
        var context = new CheckpointingContext(job.Context(0, _folder));
        await job.ComputeAsync(context);
        Assert.Equal(context.Progress.Order(), context.Progress);
        Assert.Equal(1, context.Progress[^1], 12);
        var greatestStep = context.Progress.Zip(context.Progress.Skip(1), (a, b) => b - a).Max();

        // All of it counts as 86 million path steps, of which an ordinary machine does 100 million a second.
        Assert.InRange(greatestStep * 86e6, 0, 1.1e6);
    }

    [Fact]
    public async Task Cancellation_EndsAUnitAtTheNextLook()
    {
        var job = await PlanAsync(AsianAndEuropean, OneUnit);
        using var cancellation = new CancellationTokenSource();
        var context = new CancellingContext(job.Context(0, _folder), cancellation, afterReports: 10);
        await Assert.ThrowsAsync<OperationCanceledException>(() => job.ComputeAsync(context, cancellation.Token));
        Assert.InRange(context.Reports, 10, 11);
    }

    [Fact]
    public async Task MemoryAllocated_DoesNotGrowWithPaths()
    {
        var few = await AllocatedAsync(100_000);
        var many = await AllocatedAsync(1_000_000);

        // A few checkpoints more are written; the smallest object for each path would be 21 MB.
        Assert.InRange(many - few, long.MinValue, 500_000);
    }

    [Fact]
    public async Task SmallContracts_ShareUnits_AndLargeOnesAreCut()
    {
        var text = "kind,right,strike,maturity,spot,volatility,rate\n"
            + string.Concat(Enumerable.Range(0, 3000).Select(_ => "european,call,100,1,100,0.2,0.05\n"));
        Assert.InRange((await PlanAsync(text, """{ "paths": 100 }""")).Plan.Units, 3000 / 512, 20);
        var large = (await PlanAsync(AsianAndEuropean, """{ "paths": 100000000 }""")).Plan;
        Assert.InRange(large.Units, 60, 100);
        Assert.InRange((await PlanAsync(AsianAndEuropean, """{ "paths": 100000000000 }""")).Plan.UnitSecondsEstimate, 4.5, 5.5);
    }

    private async Task<long> AllocatedAsync(long paths)
    {
        var job = await PlanAsync(AsianAndEuropean, $$"""{ "paths": {{paths}}, "unitSteps": 1000000000 }""");
        await job.ComputeAsync(job.Context(0, _folder));
        var before = GC.GetAllocatedBytesForCurrentThread();
        await job.ComputeAsync(job.Context(0, _folder));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private async Task<LocalJob> PlanAsync(string portfolio, string parameters)
    {
        var path = Path.Combine(_folder, "portfolio.csv");
        await File.WriteAllTextAsync(path, portfolio);
        return await OfFile(path).PlanAsync(parameters);
    }
}
