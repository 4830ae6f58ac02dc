using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GridVolunteer.Sdk;

namespace WORKLOAD_NAME;

/// <summary>What a job can be told: --param units=500 --param points=1e7.</summary>
public sealed record Parameters(
    [property: Description("Units to split the job into."), Range(1, 1_000_000_000)] long Units = 100,
    [property: Description("Points that one unit throws."), Range(1, 1_000_000_000)] long Points = 5_000_000);

/// <summary>What a unit finds, and what merging some of them gives.</summary>
public sealed record Hits(long Inside, long Thrown);

/// <summary>What the job gives in the end.</summary>
public sealed record Estimate(double Pi, long Thrown);

/// <summary>Estimates pi: throws points at a square, counts those in the circle. Replace it by your science.</summary>
[Description("Estimates pi by throwing points at a square.")]
public sealed class WORKLOAD_NAMEWorkload : Workload<Parameters, Hits>
{
    /// <summary>Points between two reports of progress: a few milliseconds.</summary>
    private const long PointsPerReport = 500_000;

    protected override JsonSerializerContext Json => WORKLOAD_NAMEJson.Default;

    /// <summary>Runs on the submitter's machine: how many units there are and how long one takes.</summary>
    protected override JobPlan<long> Plan(JobContext<Parameters> job, CancellationToken cancellationToken) =>
        JobPlan.Count(job.Parameters.Units) with { UnitSecondsEstimate = job.Parameters.Points / 1e8 };

    /// <summary>Runs on volunteers' machines: one unit. The same unit must give the same result everywhere.</summary>
    protected override ValueTask<Hits> ComputeAsync(
        UnitContext<Parameters, long> unit, CancellationToken cancellationToken)
    {
        var points = unit.Parameters.Points;
        var inside = 0L;
        for (var i = 0L; i < points; i++)
        {
            // The unit's own random numbers: every machine that computes this unit draws the same.
            var x = unit.Random.NextDouble();
            var y = unit.Random.NextDouble();
            if ((x * x) + (y * y) < 1)
            {
                inside++;
            }

            if (i % PointsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                unit.ReportProgress((double)i / points);
            }
        }

        return ValueTask.FromResult(new Hits(inside, points));
    }

    /// <summary>Runs on volunteers' machines: results of up to 64 units, or of earlier merges, become one.</summary>
    protected override Hits Merge(MergeSet<Hits> results, JobContext<Parameters> job) =>
        new(results.Results.Sum(r => r.Inside), results.Results.Sum(r => r.Thrown));

    /// <summary>Turns the last merge into the job's output.</summary>
    protected override byte[] Output(Hits merged, JobContext<Parameters> job) =>
        ToBytes(new Estimate(4.0 * merged.Inside / merged.Thrown, merged.Thrown));
}

/// <summary>Source-generated JSON of everything that travels; without it reflection does the same.</summary>
[JsonSerializable(typeof(Parameters))]
[JsonSerializable(typeof(Hits))]
[JsonSerializable(typeof(Estimate))]
internal sealed partial class WORKLOAD_NAMEJson : JsonSerializerContext;
