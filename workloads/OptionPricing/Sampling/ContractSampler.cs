using System.Runtime.Intrinsics;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Draws samples of one contract. Sample i is a function of seed, contract index and i alone, and sums are
/// exact, so any split of the samples, on any machine and at any vector width, gives the same totals to the
/// last bit. Not safe for several threads at once; make one each.
/// </summary>
internal sealed class ContractSampler
{
    /// <summary>Spots, strikes and weights between 2^-300 and 2^300, about 1e±90, may be sampled.</summary>
    private const int ScaleMax = 300;

    private readonly ISampleLoop _loop;

    /// <summary>
    /// A sampler of a contract, the <paramref name="contractIndex"/>th of its portfolio, at the width this
    /// machine is fastest at.
    /// </summary>
    /// <exception cref="WorkloadException">Its numbers are too extreme to be sampled.</exception>
    public ContractSampler(Contract contract, int contractIndex, SamplingOptions options)
        : this(contract, contractIndex, options, LaneWidths.Fastest)
    {
    }

    /// <summary>As the other, at a width of the caller's choice; the totals are the same.</summary>
    internal ContractSampler(Contract contract, int contractIndex, SamplingOptions options, LaneWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contractIndex);
        DeltaMethod = contract.Kind == ContractKind.Barrier
            ? GreekMethod.LikelihoodRatio : GreekMethod.Pathwise;
        Units = new SampleUnits(contract, DeltaMethod);
        Control = options.ControlVariate ? ControlOf(contract) : ControlKind.None;
        if (Units.ScaleMax > ScaleMax)
        {
            throw new WorkloadException(
                $"Contract '{contract.Name}': spot, strike or weight is too large or too small. "
                + "Use a currency or unit that brings them nearer to 1.");
        }

        _loop = width switch
        {
            LaneWidth.Eight => new SampleLoop<Lanes512, Vector512<double>, Vector512<ulong>>(
                contract, contractIndex, options, Control, Units),
            LaneWidth.Four => new SampleLoop<Lanes256, Vector256<double>, Vector256<ulong>>(
                contract, contractIndex, options, Control, Units),
            LaneWidth.Two => new SampleLoop<Lanes128, Vector128<double>, Vector128<ulong>>(
                contract, contractIndex, options, Control, Units),
            _ => new SampleLoop<Lanes1, double, ulong>(contract, contractIndex, options, Control, Units),
        };
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
    /// <exception cref="WorkloadException">A sample is no finite number.</exception>
    public void Sample(
        long first, long count, SampleSums into, Action<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, long.MaxValue - first);
        _loop.Sample(first, count, into, progress, cancellationToken);
    }

    private static ControlKind ControlOf(Contract contract) => contract.Kind switch
    {
        ContractKind.ArithmeticAsian => ControlKind.GeometricAsian,
        ContractKind.Barrier => ControlKind.Vanilla,
        ContractKind.Basket => contract.Assets.All(asset => asset.Weight > 0)
            ? ControlKind.GeometricBasket : ControlKind.None,
        _ => ControlKind.TerminalSpot,
    };
}
