using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Results;

/// <summary>A grant as the spool knows it.</summary>
internal sealed class SpooledGrant(GrantOffer offer)
{
    public GrantOffer Offer => offer;

    /// <summary>Units in the grant.</summary>
    public int Count { get; } = offer.Runs.Sum(r => r.Count);

    /// <summary>Finished units that nobody has acknowledged, by index.</summary>
    public Dictionary<long, FinishedUnit> Finished { get; } = [];

    /// <summary>Units that were acknowledged.</summary>
    public HashSet<long> Acknowledged { get; } = [];

    /// <summary>True when unfinished units are of no use any more.</summary>
    public bool Dropped { get; set; }

    /// <summary>True when nothing of it is left to compute or report.</summary>
    public bool IsOver => Finished.Count == 0 && (Dropped || Acknowledged.Count >= Count);
}
