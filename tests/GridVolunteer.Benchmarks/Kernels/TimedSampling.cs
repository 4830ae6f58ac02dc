using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>OptionPricing's kernel on one contract, on the calling thread.</summary>
internal sealed class TimedSampling
{
    private const int SamplesPerCall = 1 << 12;

    private readonly ContractSampler _sampler;
    private readonly SampleSums _sums;
    private readonly double _stepsPerSample;
    private long _next;

    public TimedSampling(Contract contract, SamplingOptions options, LaneWidth width)
    {
        _sampler = new ContractSampler(contract, 0, options, width);
        _sums = new SampleSums(_sampler.Units);
        _stepsPerSample = (double)contract.StepsPerPath * (options.Antithetic ? 2 : 1);
    }

    /// <summary>The price by all laps so far, without use of the control.</summary>
    public PriceFigure Price => new(
        _sums.Mean(Quantity.Payoff),
        Math.Sqrt(_sums.Covariance(Quantity.Payoff, Quantity.Payoff) / _sums.Samples));

    /// <summary>Draws further samples.</summary>
    public Lap Run(double seconds, CancellationToken cancellationToken)
    {
        var clock = new ProcessorClock();
        var first = _next;
        double used;
        do
        {
            _sampler.Sample(_next, SamplesPerCall, _sums, progress: null, cancellationToken);
            _next += SamplesPerCall;
            used = clock.Seconds;
        }
        while (used < seconds);

        return new Lap((_next - first) * _stepsPerSample, used);
    }
}
