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

    // What is drawn, summed and squared once a path; then for each asset; then for each pair of them.
    private const int StepsPerPath = 12;
    private const int StepsPerAsset = 3;
    private const int PairsPerStep = 8;

    /// <summary>Steps of one sample.</summary>
    public static long Of(Contract contract, int pathsPerSample)
    {
        long assets = contract.Assets.Count;
        var more = StepsPerPath + (assets * StepsPerAsset) + (assets * assets / PairsPerStep);
        return pathsPerSample * (contract.StepsPerPath + more);
    }
}
