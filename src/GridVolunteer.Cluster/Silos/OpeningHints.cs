using System.Collections.Concurrent;
using GridVolunteer.Protocol.Ids;
using Orleans.Runtime.Placement;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// Has shards live where they are asked for. A shard is told to open twice, by the broker that had the job open it
/// and by a notice of the job, and whichever comes first makes it live somewhere: so the notice carries a hint of
/// where the broker is. A hint that is wrong, because two brokers asked at the same time, costs a shard that is near
/// to another silo than it might be, and nothing else.
/// </summary>
/// <param name="here">This silo.</param>
internal sealed class OpeningHints(SiloAddress here)
{
    private const string AskerKey = "gridvolunteer.asker";
    private const int JobsMax = 65536;

    private readonly ConcurrentDictionary<JobId, SiloAddress> _askers = new();

    /// <summary>Says with the calls that follow in this method which silo asks. Call it in an async method.</summary>
    public void Sign() => RequestContext.Set(AskerKey, here);

    /// <summary>Remembers which silo sent the call that is served.</summary>
    public void NoteAsker(JobId job)
    {
        if (RequestContext.Get(AskerKey) is SiloAddress asker)
        {
            if (_askers.Count >= JobsMax)
            {
                _askers.Clear();
            }

            _askers[job] = asker;
        }
    }

    /// <summary>Has the grain that the next call of this method goes to live where its job's asker is, if it lives
    /// nowhere yet. Call it in an async method.</summary>
    public void PlaceAtAsker(JobId job)
    {
        if (_askers.TryGetValue(job, out var asker))
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, asker);
        }
    }
}
