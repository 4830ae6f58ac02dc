using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Portfolios;

namespace GridVolunteer.Workloads.OptionPricing.Slices;

/// <summary>
/// Cuts a portfolio's samples into slices of about equal work. Slices take seconds; small jobs are cut finer,
/// so that every volunteer gets a share. A slice of small contracts spans many of them.
/// </summary>
internal sealed class SlicePlanner
{
    private const double SliceSeconds = 5;
    private const double SliceSecondsMin = 0.05;
    private const double SliceSecondsMax = 3600;
    private const int SlicesOfSmallJobs = 80;
    private const int SlicesMax = 1_000_000;

    /// <summary>A slice's sums are its checkpoint too, and that is written several times a second.</summary>
    private const int AssetsPerSliceMax = 512;

    /// <summary>Whole vectors of samples are cheaper.</summary>
    private const long Alignment = 64;

    private readonly Portfolio _portfolio;
    private readonly PricingParameters _parameters;

    /// <summary>A plan for a portfolio.</summary>
    /// <exception cref="WorkloadException">There is too much work for a job.</exception>
    public SlicePlanner(Portfolio portfolio, PricingParameters parameters)
    {
        _portfolio = portfolio;
        _parameters = parameters;
        TotalSteps = portfolio.Positions.Sum(position => (double)CostOf(position) * parameters.Samples);
        SliceSteps = parameters.UnitSteps ?? ChooseSteps();
        if (TotalSteps / SliceSteps > SlicesMax)
        {
            throw new WorkloadException(
                $"unitSteps cuts the job into more than {FieldLimits.Text(SlicesMax)} units: "
                + "give a larger one, or none.");
        }
    }

    /// <summary>Work of the whole job, in path steps.</summary>
    public double TotalSteps { get; }

    /// <summary>Work of a slice, in path steps.</summary>
    public long SliceSteps { get; }

    /// <summary>The slices, in the portfolio's order.</summary>
    public List<PathSlice> Cut()
    {
        var slices = new List<PathSlice>();
        var (contract, sample) = (0, 0L);
        while (contract < _portfolio.Positions.Count)
        {
            var (endContract, endSample) = EndFrom(contract, sample);
            slices.Add(new PathSlice(contract, sample, endContract, endSample));
            (contract, sample) = endSample == _parameters.Samples
                ? (endContract + 1, 0)
                : (endContract, endSample);
        }

        return slices;
    }

    private (int Contract, long Sample) EndFrom(int contract, long sample)
    {
        var left = SliceSteps;
        var assets = 0;
        for (var at = contract; ; at++)
        {
            var position = _portfolio.Positions[at];
            var first = at == contract ? sample : 0;
            var cost = CostOf(position);
            var count = Align(Math.Max(1, left / cost), _parameters.Samples - first);
            left -= count * cost;
            assets += position.Contract.Assets.Count;
            var isWhole = first + count == _parameters.Samples;
            if (!isWhole || at == _portfolio.Positions.Count - 1 || assets >= AssetsPerSliceMax
                || left < CostOf(_portfolio.Positions[at + 1]))
            {
                return (at, first + count);
            }
        }
    }

    // The last few samples of a contract go with those before.
    private static long Align(long wanted, long available)
    {
        var aligned = wanted < Alignment ? wanted : (wanted + Alignment - 1) / Alignment * Alignment;
        return available - aligned < Alignment && aligned >= Alignment
            ? available
            : Math.Min(aligned, available);
    }

    private long CostOf(Position position) => SampleCost.Of(position.Contract, _parameters.PathsPerSample);

    private long ChooseSteps()
    {
        var seconds = TotalSteps / SampleCost.StepsPerSecond;
        var chosen = Math.Clamp(seconds / SlicesOfSmallJobs, SliceSecondsMin, SliceSeconds);
        chosen = Math.Max(chosen, seconds / SlicesMax * 2);
        if (chosen > SliceSecondsMax)
        {
            throw new WorkloadException(
                "The portfolio has too many paths for a job: each of a million units would compute for "
                + "hours. Lower paths, or split the portfolio.");
        }

        return (long)(chosen * SampleCost.StepsPerSecond);
    }
}
