using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Peer.Buffering;

/// <content>What it decides: when to ask for how much, and what runs next.</content>
public sealed partial class WorkBuffer
{
    /// <summary>Whether to ask for work now, and for how much.</summary>
    public WorkDemand Demand(TimeSpan now)
    {
        if (Unacknowledged > policy.UnacknowledgedUnitsMax)
        {
            return new WorkDemand(0, null);
        }

        var loads = new SlotLoads(policy.Threads);
        foreach (var running in _running.Values)
        {
            var expected = (running.Left * PaceOf(running.Grant)) - (now - running.LastAt).TotalSeconds;
            loads.AddRunning(Math.Max(0, expected));
        }

        foreach (var grant in _arrivals)
        {
            loads.AddWaiting(grant.Waiting, PaceOf(grant));
        }

        var low = policy.LowWaterSeconds + (policy.LatenciesCovered * Latency.Seconds);
        return loads.Runway <= low
            ? new WorkDemand(
                loads.Missing(low + policy.SpanSeconds), null, Math.Max(0, policy.Threads - _running.Count - Waiting))
            : new WorkDemand(0, loads.Runway - low);
    }

    private HeldGrant? Choose(JobId? warm, bool urgentOnly)
    {
        HeldGrant? oldest = null;
        HeldGrant? loyal = null;
        foreach (var grant in _arrivals)
        {
            if (grant.Waiting == 0 || !_ready.Contains(grant.Id.Shard.Job))
            {
                continue;
            }

            if (grant.Urgent)
            {
                return grant;
            }

            oldest ??= grant;
            loyal ??= grant.Id.Shard.Job == warm ? grant : null;
        }

        if (urgentOnly || oldest is null)
        {
            return null;
        }

        return loyal is not null && (loyal.Arrived - oldest.Arrived).TotalSeconds <= policy.LoyaltySeconds
            ? loyal
            : oldest;
    }

    /// <summary>
    /// About a batch's time, but no more than leaves every thread its share; one, until a unit is measured.
    /// </summary>
    private int BatchUnits(HeldGrant grant, UnitPace pace)
    {
        if (grant.Id.Shard.Level > 0 || !pace.Measured)
        {
            return 1;
        }

        var byTime = (int)Math.Clamp(policy.BatchSeconds / pace.Seconds, 1, policy.BatchUnitsMax);
        var share = (Waiting + policy.Threads - 1) / policy.Threads;
        return Math.Min(byTime, Math.Max(1, share));
    }
}
