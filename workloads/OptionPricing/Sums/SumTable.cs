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
    public void Add(PartialSums other)
    {
        foreach (var part in other.Parts)
        {
            var key = (part.Contract, part.Bucket);
            if (_sums.ContainsKey(key) || !_texts.TryAdd(key, part.Text))
            {
                var sums = SampleSums.FromText(job.UnitsOf(part.Contract), part.Text);
                this[part.Contract, part.Bucket].Add(sums);
            }
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
