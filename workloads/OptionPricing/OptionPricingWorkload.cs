using System.ComponentModel;
using System.Text.Json.Serialization;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Output;
using GridVolunteer.Workloads.OptionPricing.Portfolios;
using GridVolunteer.Workloads.OptionPricing.Slices;
using GridVolunteer.Workloads.OptionPricing.Sums;

namespace GridVolunteer.Workloads.OptionPricing;

/// <summary>
/// Prices a portfolio of options by Monte Carlo simulation of geometric Brownian motion. A unit samples a run
/// of paths and gives exact sums, which add up to the same totals however the paths were split.
/// </summary>
[Description("Prices a portfolio of options by Monte Carlo simulation, with delta, vega and their errors.")]
[Input(PortfolioInput, "The contracts to price: JSON or CSV.")]
public sealed class OptionPricingWorkload : Workload<PricingParameters, PathSlice, PartialSums>
{
    private const string PortfolioInput = "portfolio";

    /// <summary>
    /// A piece is 10 to 20 ms of work, and a checkpoint is worth its writing after 50 to 100.
    /// </summary>
    private const long StepsPerPiece = 1 << 20;
    private const long StepsPerCheckpoint = 8 << 20;

    /// <summary>A unit may take an hour, and on slow machines many times what it should.</summary>
    private const double UnitTimeLimitSecondsMin = 3600;
    private const double SlownessMax = 50;

    private const long WorkerMemoryBytes = 200L << 20;
    private const long MemoryBytesPerAsset = 4 << 10;

    /// <inheritdoc/>
    protected override JsonSerializerContext Json => OptionPricingJson.Default;

    /// <inheritdoc/>
    protected override IEnumerable<string> Validate(PricingParameters parameters)
    {
        if (parameters.Antithetic && parameters.Paths % 2 != 0)
        {
            yield return $"paths is {parameters.Paths}, but antithetic paths come in pairs: "
                + $"give an even number, such as {parameters.Paths + 1}, or antithetic=false";
        }
    }

    /// <inheritdoc/>
    protected override JobPlan<PathSlice> Plan(
        JobContext<PricingParameters> job, CancellationToken cancellationToken)
    {
        var pricing = ReadJob(job);
        CheckSamplers(pricing, cancellationToken);
        var planner = new SlicePlanner(pricing.Portfolio, job.Parameters);
        var slices = planner.Cut();
        var unitSeconds = planner.TotalSteps / slices.Count / SampleCost.StepsPerSecond;
        var assets = pricing.Portfolio.Positions.Sum(position => position.Contract.Assets.Count);
        return JobPlan.Table(slices) with
        {
            UnitSecondsEstimate = unitSeconds,
            UnitTimeLimit = TimeSpan.FromSeconds(
                Math.Max(UnitTimeLimitSecondsMin, unitSeconds * SlownessMax)),
            Needs = new MachineNeeds { MemoryBytes = WorkerMemoryBytes + (assets * MemoryBytesPerAsset) },
        };
    }

    /// <inheritdoc/>
    protected override ValueTask<PartialSums> ComputeAsync(
        UnitContext<PricingParameters, PathSlice> unit, CancellationToken cancellationToken)
    {
        var run = new SliceRun(ReadJob(unit), unit.Unit, LoadCheckpoint(unit));
        var stepsSinceCheckpoint = 0.0;
        while (!run.IsDone)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stepsSinceCheckpoint += run.Advance(StepsPerPiece, unit.ReportProgress, cancellationToken);
            if (stepsSinceCheckpoint >= StepsPerCheckpoint && !run.IsDone)
            {
                unit.SaveCheckpoint(run.Progress);
                stepsSinceCheckpoint = 0;
            }

            unit.ReportProgress(run.Fraction);
        }

        return ValueTask.FromResult(run.Sums);
    }

    /// <inheritdoc/>
    protected override PartialSums Merge(MergeSet<PartialSums> results, JobContext<PricingParameters> job)
    {
        var table = new SumTable(ReadJob(job));
        foreach (var part in results.Results)
        {
            table.Add(part);
        }

        return table.ToPartialSums();
    }

    /// <inheritdoc/>
    protected override byte[] Output(PartialSums merged, JobContext<PricingParameters> job) =>
        ToBytes(new OutputMaker(ReadJob(job)).Make(merged));

    private static SliceProgress? LoadCheckpoint(UnitContext<PricingParameters, PathSlice> unit)
    {
        try
        {
            return unit.TryLoadCheckpoint<SliceProgress>(out var reached) ? reached : null;
        }
        catch (InvalidDataException)
        {
            // Of another version, or damaged: nothing is lost but the time it took.
            return null;
        }
    }

    private static PricingJob ReadJob(JobContext<PricingParameters> job) => job.Shared(
        PortfolioInput,
        () => new PricingJob(
            PortfolioReader.ReadFile(job.InputPath(PortfolioInput), PortfolioInput), job.Parameters));

    /// <summary>What cannot be sampled is told before anything is computed.</summary>
    private static void CheckSamplers(PricingJob job, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        for (var i = 0; i < job.Portfolio.Positions.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                job.NewSampler(i);
            }
            catch (WorkloadException e)
            {
                faults.Add(i, e.Message.TrimEnd('.'));
            }
        }

        faults.ThrowIfAny(PortfolioInput);
    }
}
