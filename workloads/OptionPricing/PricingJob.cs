using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Portfolios;
using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.OptionPricing.Statistics;

namespace GridVolunteer.Workloads.OptionPricing;

/// <summary>A portfolio and how it is priced: what all units of a job share.</summary>
internal sealed class PricingJob
{
    private readonly PrefixBuckets _single;
    private readonly PrefixBuckets _plotted;
    private readonly SampleUnits?[] _units;

    /// <summary>A job.</summary>
    /// <exception cref="WorkloadException">The contract to be drawn is not in the portfolio.</exception>
    public PricingJob(Portfolio portfolio, PricingParameters parameters)
    {
        Portfolio = portfolio;
        Parameters = parameters;
        Plotted = FindPlotted(portfolio, parameters.PlotContract);
        _units = new SampleUnits?[portfolio.Positions.Count];
        _single = PrefixBuckets.Single(parameters.Samples);
        _plotted = PrefixBuckets.For(parameters.Samples);
    }

    /// <summary>What is priced.</summary>
    public Portfolio Portfolio { get; }

    /// <summary>How.</summary>
    public PricingParameters Parameters { get; }

    /// <summary>The place of the contract whose convergence is drawn.</summary>
    public int Plotted { get; }

    /// <summary>The buckets in which a contract's sums are kept.</summary>
    public PrefixBuckets BucketsOf(int contract) => contract == Plotted ? _plotted : _single;

    /// <summary>The units of a contract's sums.</summary>
    public SampleUnits UnitsOf(int contract) => _units[contract] ??= NewSampler(contract).Units;

    /// <summary>A sampler of a contract, for one thread.</summary>
    public ContractSampler NewSampler(int contract) => new(
        Portfolio.Positions[contract].Contract,
        contract,
        new SamplingOptions(Parameters.Seed, Parameters.Antithetic, Parameters.ControlVariate));

    private static int FindPlotted(Portfolio portfolio, string? name)
    {
        if (name is null)
        {
            return 0;
        }

        for (var i = 0; i < portfolio.Positions.Count; i++)
        {
            if (portfolio.Positions[i].Contract.Name == name)
            {
                return i;
            }
        }

        var near = NearMiss.Of(name, portfolio.Positions.Select(position => position.Contract.Name));
        var hint = near is null ? "." : $": did you mean '{near}'?";
        throw new WorkloadException(
            $"plotContract is '{FieldNames.Shown(name)}', but the portfolio has no contract of that name"
            + hint);
    }
}
