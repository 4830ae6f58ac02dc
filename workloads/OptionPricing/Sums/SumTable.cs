using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.OptionPricing.Sums;

/// <summary>
/// Adds up sums by contract and bucket. Addition of whole numbers knows no order, so neither the way units
/// were cut nor the way results are merged shows.
/// </summary>
internal sealed class SumTable(PricingJob job)
{
    private readonly SortedDictionary<(int Contract, int Bucket), SampleSums> _sums = [];

    // Texts that came alone are handed on unread: most of a merge's are.
    private readonly SortedDictionary<(int Contract, int Bucket), string> _texts = [];

    /// <summary>The sums of a contract's bucket, to be added to.</summary>
    public SampleSums this[int contract, int bucket]
    {
        get
        {
            var key = (contract, bucket);
            if (!_sums.TryGetValue(key, out var sums))
            {
                sums = _texts.Remove(key, out var text)
                    ? SampleSums.FromText(job.UnitsOf(contract), text)
                    : new SampleSums(job.UnitsOf(contract));
                _sums.Add(key, sums);
            }

            return sums;
        }
    }

    /// <summary>Takes in other sums.</summary>
    /// <exception cref="WorkloadException">They are not of this job.</exception>
    public void Add(PartialSums other)
    {
        foreach (var part in other.Parts)
        {
            Check(part);
            var key = (part.Contract, part.Bucket);
            if (_sums.ContainsKey(key) || !_texts.TryAdd(key, part.Text))
            {
                var sums = this[part.Contract, part.Bucket];
                sums.Add(SampleSums.FromText(job.UnitsOf(part.Contract), part.Text));
                CheckSamples(part, sums.Samples);
            }
        }
    }

    // Results come from machines that nobody controls.
    private void Check(ContractSums part)
    {
        var contracts = job.Portfolio.Positions.Count;
        if (part is null)
        {
            throw new WorkloadException("A result has null in place of sums.");
        }

        if (part.Contract < 0 || part.Contract >= contracts
            || part.Bucket < 0 || part.Bucket >= job.BucketsOf(part.Contract).Count)
        {
            throw new WorkloadException(
                $"A result has sums of contract {part.Contract}, bucket {part.Bucket}, which the job does not have.");
        }

        CheckSamples(part, SampleSums.SamplesIn(part.Text));
    }

    private void CheckSamples(ContractSums part, long samples)
    {
        var buckets = job.BucketsOf(part.Contract);
        if (samples > buckets.End(part.Bucket) - buckets.Start(part.Bucket))
        {
            throw new WorkloadException(
                $"Results have {samples} samples of contract {part.Contract}, bucket {part.Bucket}, which has fewer.");
        }
    }

    /// <summary>All of it, in order.</summary>
    public PartialSums ToPartialSums()
    {
        var all = _sums.Where(pair => pair.Value.Samples > 0)
            .Select(pair => new ContractSums(pair.Key.Contract, pair.Key.Bucket, pair.Value.ToText()))
            .Concat(_texts.Select(pair => new ContractSums(pair.Key.Contract, pair.Key.Bucket, pair.Value)));
        return new PartialSums([.. all.OrderBy(part => part.Contract).ThenBy(part => part.Bucket)]);
    }
}
