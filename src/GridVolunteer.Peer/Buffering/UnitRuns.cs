using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Peer.Buffering;

/// <summary>Arithmetic of runs of units.</summary>
public static class UnitRuns
{
    /// <summary>The indexes of a run.</summary>
    public static IEnumerable<long> UnitsOf(UnitRun run)
    {
        for (var unit = run.Start; unit < run.End; unit++)
        {
            yield return unit;
        }
    }

    /// <summary>
    /// The same units in increasing order, in as few runs as possible; the runs given do not overlap.
    /// </summary>
    public static IReadOnlyList<UnitRun> Joined(IEnumerable<UnitRun> runs)
    {
        var joined = new List<UnitRun>();
        foreach (var run in runs.OrderBy(r => r.Start))
        {
            if (joined.Count > 0 && joined[^1].End == run.Start)
            {
                joined[^1] = new UnitRun(joined[^1].Start, joined[^1].Count + run.Count);
            }
            else
            {
                joined.Add(run);
            }
        }

        return joined;
    }
}
