using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.OptionPricing.Slices;

/// <summary>
/// What sampling takes, in path steps: those of the path, and what a path costs besides, as so many steps
/// more.
/// </summary>
internal static class SampleCost
{
    /// <summary>Path steps a second, one thread of an ordinary machine.</summary>
    public const double StepsPerSecond = 100e6;

    private const int StepsPerPathMore = 6;

    /// <summary>Steps of one sample.</summary>
    public static long Of(Contract contract, int pathsPerSample) =>
        pathsPerSample * (contract.StepsPerPath + (long)(StepsPerPathMore * contract.Assets.Count));
}
