using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Peer.Reporting;

/// <summary>What goes into one exchange; it is confirmed or put back as a whole.</summary>
public sealed class ReportBatch
{
    internal ReportBatch(IReadOnlyList<GrantReport> reports, IReadOnlyList<GrantTally> taken)
    {
        Reports = reports;
        Taken = taken;
    }

    /// <summary>One report for each grant concerned.</summary>
    public IReadOnlyList<GrantReport> Reports { get; }

    /// <summary>Units told of, in all.</summary>
    public int Units => Taken.Sum(t => t.Units.Count);

    /// <summary>The units told of, by grant.</summary>
    public IEnumerable<(GrantId Grant, IReadOnlyList<FinishedUnit> Units)> UnitsByGrant() =>
        Taken.Select(t => (t.Grant, (IReadOnlyList<FinishedUnit>)t.Units));

    internal IReadOnlyList<GrantTally> Taken { get; }
}
