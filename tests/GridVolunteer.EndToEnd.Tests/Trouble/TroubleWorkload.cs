using System.ComponentModel;
using GridVolunteer.Sdk;
using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.EndToEnd.Trouble;

/// <summary>Adds up the indexes of its units, unless it is told to make trouble.</summary>
[Description("Makes trouble on purpose, to see what becomes of it.")]
public sealed class TroubleWorkload : Workload<TroubleParameters, TroubleSum>
{
    private const int ResultSizeMax = 64 * 1024;

    protected override JobPlan<long> Plan(
        JobContext<TroubleParameters> job, CancellationToken cancellationToken) =>
        JobPlan.Count(job.Parameters.Units) with
        {
            MergeFanIn = 8,
            UnitSecondsEstimate = Math.Max(0.001, job.Parameters.Milliseconds / 1000.0),
            UnitTimeLimit = TimeSpan.FromSeconds(1.5 + (job.Parameters.Milliseconds / 1000.0)),
            ResultSizeBytesMax = ResultSizeMax,
        };

    protected override async ValueTask<TroubleSum> ComputeAsync(
        UnitContext<TroubleParameters, long> unit, CancellationToken cancellationToken)
    {
        var told = unit.Parameters;
        await Task.Delay(told.Milliseconds, cancellationToken);
        var ballast = told.Bad == unit.Index || told.Bad < 0 ? MakeTrouble(told.Mode) : "";
        return new TroubleSum(unit.Index, 1, ballast);
    }

    protected override TroubleSum Merge(MergeSet<TroubleSum> results, JobContext<TroubleParameters> job) =>
        new(results.Results.Sum(r => r.Sum), results.Results.Sum(r => r.Units));

    protected override byte[] Output(TroubleSum merged, JobContext<TroubleParameters> job) =>
        job.Parameters.Mode == "plot" ? ToBytes(new TroublePlots([Picture(merged)])) : base.Output(merged, job);

    private static Plot Picture(TroubleSum merged) => new(
        "Sum by <units>", new PlotAxis("units"), new PlotAxis("sum"),
        [
            new PlotSeries("summed", PlotKind.Points, [merged.Units], [merged.Sum]),
            new PlotSeries("none", PlotKind.Line, [0, merged.Units], [0, 0]),
        ]);

    private static string MakeTrouble(string mode)
    {
        switch (mode)
        {
            case "throw":
                throw new InvalidOperationException("This unit throws on purpose.");
            case "hang":
                // Deaf to cancellation, as a real hang is.
                Thread.Sleep(Timeout.Infinite);
                return "";
            case "large":
                return new string('x', 2 * ResultSizeMax);
            case "die":
                Environment.FailFast("This unit ends its process on purpose.");
                return "";
            default:
                return "";
        }
    }
}
