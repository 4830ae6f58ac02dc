using System.Text.Json;

namespace GridVolunteer.Workloads.ParameterSweep.Results;

/// <summary>
/// Joins runs into a table of bounded size: the first runs that fit, in order, and the number of the others.
/// </summary>
internal static class RunTable
{
    /// <summary>The most bytes of JSON that a merged table has.</summary>
    public const int SizeBytesMax = 16 << 20;

    public static SweepResult Join(IEnumerable<SweepResult> parts, int sizeBytesMax = SizeBytesMax)
    {
        var runs = new List<Run>();
        var sizeBytes = 0L;
        var omitted = 0L;
        foreach (var part in parts)
        {
            foreach (var run in part.Runs)
            {
                // Once one run is left out all later ones are, so that the table has no gaps.
                sizeBytes += omitted > 0 ? 0 : SizeOf(run);
                if (omitted > 0 || sizeBytes > sizeBytesMax)
                {
                    omitted++;
                }
                else
                {
                    runs.Add(run);
                }
            }

            omitted += part.RunsOmitted;
        }

        return new SweepResult(runs, omitted);
    }

    private static int SizeOf(Run run) =>
        JsonSerializer.SerializeToUtf8Bytes(run, ParameterSweepJson.Default.Run).Length;
}
