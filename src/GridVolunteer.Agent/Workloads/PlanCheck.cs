using System.Text;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// The limits of a plan, checked before anything is uploaded. They are the coordinator's, stated for people.
/// </summary>
internal static class PlanCheck
{
    public const long UnitsMax = 1_000_000_000_000;

    public const int ParametersSizeBytesMax = 256 * 1024;

    private const int MergeFanInMax = 1024;

    private const long ResultSizeBytesLimit = 1L << 30;

    /// <summary>A sentence for each fault.</summary>
    public static IEnumerable<string> Faults(WorkloadPlan plan)
    {
        if (plan.Units is < 1 or > UnitsMax)
        {
            yield return plan.Units == 0
                ? "The plan has no units: is an input empty?"
                : $"The plan has {plan.Units} units; 1 to {UnitsMax} are possible.";
        }

        if (plan.MergeFanIn is not 0 and (< 2 or > MergeFanInMax))
        {
            yield return $"The merge fan-in is {plan.MergeFanIn}; it is 2 to {MergeFanInMax}, or 0 for no merge.";
        }

        if (!(plan.UnitSecondsEstimate > 0) || !double.IsFinite(plan.UnitSecondsEstimate))
        {
            yield return $"The estimate of a unit's seconds is {plan.UnitSecondsEstimate}; it is more than 0.";
        }

        if (plan.UnitTimeLimit <= TimeSpan.Zero)
        {
            yield return $"The time limit of a unit is {plan.UnitTimeLimit}; it is more than 0.";
        }

        if (plan.UnitTimeLimit > TimeSpan.Zero && plan.UnitTimeLimit.TotalSeconds < plan.UnitSecondsEstimate)
        {
            yield return $"A unit should take {plan.UnitSecondsEstimate} s, but is ended after " +
                $"{plan.UnitTimeLimit.TotalSeconds} s: raise the limit or make units smaller.";
        }

        if (plan.ResultSizeBytesMax is < 1 or > ResultSizeBytesLimit)
        {
            yield return $"The largest result is {plan.ResultSizeBytesMax} bytes; it is 1 to {ResultSizeBytesLimit}.";
        }

        var parametersSize = Encoding.UTF8.GetByteCount(plan.Parameters.GetRawText());
        if (parametersSize > ParametersSizeBytesMax)
        {
            yield return $"The parameters take {parametersSize} bytes; at most {ParametersSizeBytesMax} are possible: " +
                "give large values as an input file.";
        }
    }

    public static string UnitTooLarge(long unit, int sizeBytes) =>
        $"The input of unit {unit} takes {sizeBytes} bytes; at most {PackedInputs.UnitInputSizeBytesMax} are possible: " +
        "give large data as an input file and let the unit name its part of it.";
}
