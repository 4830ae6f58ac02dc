using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>Which widths this machine is fast at.</summary>
internal static class LaneWidths
{
    /// <summary>The greatest width that the processor does in hardware.</summary>
    public static LaneWidth Fastest =>
        Lanes512.IsFast ? LaneWidth.Eight
        : Lanes256.IsFast ? LaneWidth.Four
        : Lanes128.IsFast ? LaneWidth.Two
        : LaneWidth.One;
}
