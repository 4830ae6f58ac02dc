using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Draws samples of one contract. Sample i is a function of seed, contract index and i alone, and sums are
/// exact, so any split of the samples, on any machine and at any vector width, gives the same totals to the
/// last bit. Not safe for several threads at once; make one each.
/// </summary>
internal sealed class ContractSampler
{
    /// <summary>A sampler of a contract, the <paramref name="contractIndex"/>th of its portfolio.</summary>
    /// <exception cref="Sdk.WorkloadException">Its numbers are too extreme to be sampled.</exception>
    public ContractSampler(Contract contract, int contractIndex, SamplingOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contractIndex);
        _ = options;
        DeltaMethod = contract.Kind == ContractKind.Barrier
            ? GreekMethod.LikelihoodRatio : GreekMethod.Pathwise;
        Units = new SampleUnits(contract, DeltaMethod);
        Control = options.ControlVariate ? ControlOf(contract) : ControlKind.None;
    }

    /// <summary>How deltas are found; it follows from the kind of contract.</summary>
    public GreekMethod DeltaMethod { get; }

    /// <summary>How vegas are found.</summary>
    public GreekMethod VegaMethod => DeltaMethod;

    /// <summary>What is sampled as the control; none if the options ask for none.</summary>
    public ControlKind Control { get; }

    /// <summary>The units of its sums: what <see cref="SampleSums"/> is made with.</summary>
    public SampleUnits Units { get; }

    /// <summary>
    /// Adds samples <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1.
    /// Allocates nothing that grows with their number.
    /// </summary>
    /// <param name="first">0 or above.</param>
    /// <param name="count">0 or above.</param>
    /// <param name="into">Sums in this sampler's units. Left as they were if the call throws.</param>
    /// <param name="progress">Told the samples done so far, every few milliseconds of work.</param>
    /// <param name="cancellationToken">Looked at as often.</param>
    /// <exception cref="Sdk.WorkloadException">A sample is no finite number.</exception>
    public void Sample(
        long first, long count, SampleSums into, Action<long>? progress, CancellationToken cancellationToken)
    {
        throw new NotSupportedException("Not there yet.");
    }

    private static ControlKind ControlOf(Contract contract) => contract.Kind switch
    {
        ContractKind.ArithmeticAsian => ControlKind.GeometricAsian,
        ContractKind.Barrier => ControlKind.Vanilla,
        ContractKind.Basket when contract.Assets.All(asset => asset.Weight > 0) => ControlKind.GeometricBasket,
        ContractKind.Basket => ControlKind.None,
        _ => ControlKind.TerminalSpot,
    };
}
