using System.ComponentModel;
using System.Text.Json.Serialization;

namespace GridVolunteer.Sdk.Tests;

[Description("Draws a number per unit.")]
[Input("text", "Anything.", Optional = true)]
public class SampleWorkload : Workload<SampleParameters, SampleResult>
{
    protected override IEnumerable<string> Validate(SampleParameters parameters)
    {
        if (parameters.Label == "bad")
        {
            yield return "label must not be 'bad'";
        }
    }

    protected override JobPlan<long> Plan(
        JobContext<SampleParameters> job, CancellationToken cancellationToken) =>
        JobPlan.Count(job.Parameters.Units) with { MergeFanIn = 4, OutputType = "text/plain" };

    protected override ValueTask<SampleResult> ComputeAsync(
        UnitContext<SampleParameters, long> unit, CancellationToken cancellationToken)
    {
        if (!unit.TryLoadCheckpoint<SampleResult>(out var start))
        {
            start = new SampleResult(0, 0, "fresh");
        }

        unit.ReportProgress(0.5);
        var result = new SampleResult(
            start.Sum + unit.Random.NextDouble(), start.Count + 1, $"{start.Text} {unit.Unit}");
        unit.SaveCheckpoint(result);
        return ValueTask.FromResult(result);
    }

    protected override SampleResult Canonical(SampleResult result) =>
        result with { Sum = Math.Round(result.Sum, 3) };

    protected override SampleResult Merge(MergeSet<SampleResult> results, JobContext<SampleParameters> job) => new(
        results.Results.Sum(r => r.Sum), results.Results.Sum(r => r.Count),
        $"holes {string.Join(',', results.Holes)}");

    protected override byte[] Output(SampleResult merged, JobContext<SampleParameters> job) =>
        ToBytes(System.Text.Encoding.UTF8.GetBytes($"{merged.Count} {merged.Text}"));
}
