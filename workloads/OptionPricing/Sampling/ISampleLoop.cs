namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>Draws samples of one contract at some vector width; see <see cref="ContractSampler"/>.</summary>
internal interface ISampleLoop
{
    /// <summary>As <see cref="ContractSampler.Sample"/>.</summary>
    void Sample(
        long first, long count, SampleSums into, Action<long>? progress, CancellationToken cancellationToken);
}
