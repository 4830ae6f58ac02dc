using System.Runtime.Intrinsics;
using GridVolunteer.Workloads.OptionPricing.Numerics;
using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

/// <summary>The functions at each width.</summary>
internal static class LaneFunctions
{
    public static TheoryData<LaneWidth> Widths => [.. Enum.GetValues<LaneWidth>()];

    public static ILaneFunctions At(LaneWidth width) => width switch
    {
        LaneWidth.Eight => new LaneFunctionsOfWidth<Lanes512, Vector512<double>, Vector512<ulong>>(),
        LaneWidth.Four => new LaneFunctionsOfWidth<Lanes256, Vector256<double>, Vector256<ulong>>(),
        LaneWidth.Two => new LaneFunctionsOfWidth<Lanes128, Vector128<double>, Vector128<ulong>>(),
        _ => new LaneFunctionsOfWidth<Lanes1, double, ulong>(),
    };
}
