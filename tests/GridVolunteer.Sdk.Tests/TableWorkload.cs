namespace GridVolunteer.Sdk.Tests;

public sealed class TableWorkload : Workload<SampleParameters, SampleResult, byte[]>
{
    protected override JobPlan<SampleResult> Plan(
        JobContext<SampleParameters> job, CancellationToken cancellationToken) =>
        JobPlan.Table(
            Enumerable.Range(0, job.Parameters.Units).Select(i => new SampleResult(i, i, "é")).ToArray());

    protected override ValueTask<byte[]> ComputeAsync(
        UnitContext<SampleParameters, SampleResult> unit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new[] { (byte)unit.Unit.Count });

    protected override byte[] Merge(MergeSet<byte[]> results, JobContext<SampleParameters> job) =>
        [.. results.Results.SelectMany(r => r)];
}
