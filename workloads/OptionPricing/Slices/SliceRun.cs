using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.OptionPricing.Sums;

namespace GridVolunteer.Workloads.OptionPricing.Slices;

/// <summary>Samples a slice piece by piece, and can go on from what an earlier attempt reached.</summary>
internal sealed class SliceRun
{
    /// <summary>Samples come in whole vectors; less than a vector costs as much as one.</summary>
    private const long SamplesOfAPiece = 16;

    private readonly PricingJob _job;
    private readonly PathSlice _slice;
    private readonly SumTable _sums;
    private readonly double _totalSteps;
    private int _contract;
    private long _sample;
    private double _doneSteps;
    private ContractSampler? _sampler;

    /// <summary>
    /// A run from a checkpoint, or from the slice's beginning if there is none that a run of it can have left.
    /// </summary>
    public SliceRun(PricingJob job, PathSlice slice, SliceProgress? from)
    {
        _job = job;
        _slice = slice;
        _totalSteps = StepsUpTo(slice.EndContract, slice.EndSample);
        if (from is not null && CheckpointCheck.TryRead(job, slice, from) is { } sums)
        {
            _sums = sums;
            (_contract, _sample) = (from.Contract, from.Sample);
            _doneSteps = StepsUpTo(_contract, _sample);
        }
        else
        {
            _sums = new SumTable(job);
            (_contract, _sample) = (slice.Contract, slice.Sample);
        }
    }

    /// <summary>Whether all is sampled.</summary>
    public bool IsDone =>
        _contract > _slice.EndContract || (_contract == _slice.EndContract && _sample >= _slice.EndSample);

    /// <summary>How far it is, 0 to 1.</summary>
    public double Fraction => _totalSteps == 0 ? 1 : _doneSteps / _totalSteps;

    /// <summary>What was sampled so far.</summary>
    public PartialSums Sums => _sums.ToPartialSums();

    /// <summary>What it takes to go on.</summary>
    public SliceProgress Progress => new(_contract, _sample, Sums);

    /// <summary>Samples a piece.</summary>
    /// <param name="stepsMax">The most path steps it takes, though a few samples are taken in any case.</param>
    /// <param name="progress">Told how far the slice is, 0 to 1, every few milliseconds.</param>
    /// <param name="cancellationToken">Looked at as often.</param>
    /// <returns>The path steps it took.</returns>
    public double Advance(long stepsMax, Action<double> progress, CancellationToken cancellationToken)
    {
        var cost = SampleCost.Of(
            _job.Portfolio.Positions[_contract].Contract, _job.Parameters.PathsPerSample);
        var buckets = _job.BucketsOf(_contract);
        var bucket = buckets.Of(_sample);
        var end = _contract == _slice.EndContract ? _slice.EndSample : _job.Parameters.Samples;
        var count = Math.Max(1, stepsMax / cost / SamplesOfAPiece) * SamplesOfAPiece;
        count = Math.Min(count, Math.Min(end, buckets.End(bucket)) - _sample);
        _sampler ??= _job.NewSampler(_contract);
        _sampler.Sample(
            _sample,
            count,
            _sums[_contract, bucket],
            done => progress((_doneSteps + ((double)done * cost)) / _totalSteps),
            cancellationToken);
        _doneSteps += (double)count * cost;
        _sample += count;
        if (_sample >= end)
        {
            _contract++;
            _sample = 0;
            _sampler = null;
        }

        return (double)count * cost;
    }

    private double StepsUpTo(int endContract, long endSample)
    {
        var steps = 0.0;
        for (var at = _slice.Contract; at <= endContract && at <= _slice.EndContract; at++)
        {
            var first = at == _slice.Contract ? _slice.Sample : 0;
            var end = at == endContract ? endSample : _job.Parameters.Samples;
            steps += (double)(end - first)
                * SampleCost.Of(_job.Portfolio.Positions[at].Contract, _job.Parameters.PathsPerSample);
        }

        return steps;
    }
}
