using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <content>Heartbeats: signs of life, and the list of grants held.</content>
public sealed partial class Volunteer
{
    /// <summary>
    /// Takes a heartbeat. A shard is called only if the grants listed are not those known, or the shard took
    /// the volunteer for silent, or the two have not compared notes for as long as the limit (so that an
    /// agent hears of grants that became void, as when a job is cancelled).
    /// </summary>
    public VolunteerOutcome Beat(Heartbeat heartbeat, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(heartbeat);
        _name = heartbeat.Name;
        _host = heartbeat.Host;
        _lastHeard = now;
        _lastHeartbeat = now;
        if (heartbeat.Goodbye)
        {
            foreach (var grant in heartbeat.Grants)
            {
                Shard(grant.Shard, now);
            }

            return Leave(now);
        }

        var change = Become(VolunteerState.Alive, now);
        Note(heartbeat.Grants, now);
        var duties = Compare([.. heartbeat.Grants], _exchanges.NumberOf(heartbeat.LastRequestId), now);
        return VolunteerOutcome.Of(duties, change);
    }

    /// <summary>
    /// A shard answered a <see cref="ReconcileDuty"/>: those of the grants held that are void, for the agent
    /// to drop.
    /// </summary>
    public IReadOnlyList<GrantId> Reconciled(ReconcileDuty duty, ReconcileAnswer answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(duty);
        ArgumentNullException.ThrowIfNull(answer);
        var shard = Shard(duty.Shard, now);
        shard.IsTold = false;
        shard.IsUnsure = false;
        shard.ReconciledAt = now;
        foreach (var sequence in duty.Dropped.Concat(answer.Void))
        {
            shard.Grants.Remove(sequence);
        }

        foreach (var sequence in answer.Others)
        {
            if (!_finished.Contains(new GrantId(duty.Shard, sequence)))
            {
                // Either its answer is on its way at this moment, or it was lost. An agent has one request
                // for work open at a time: once the next one to be answered has arrived, this one has, or
                // never will.
                var held = new HeldGrant(_exchanges.NextNumber) { MissingSince = now };
                shard.Grants.TryAdd(sequence, held);
            }
        }

        if (shard.IsEmpty)
        {
            _shards.Remove(duty.Shard);
        }

        return [.. answer.Void.Select(sequence => new GrantId(duty.Shard, sequence))];
    }

    /// <summary>The answer to a heartbeat, once its duties are done.</summary>
    public HeartbeatAnswer Answer(IReadOnlyList<GrantId> voidGrants) => new()
    {
        Void = voidGrants,
        IntervalSeconds = _options.HeartbeatInterval.TotalSeconds,
        LimitSeconds = _options.HeartbeatLimit.TotalSeconds,
    };

    private VolunteerOutcome Leave(DateTimeOffset now)
    {
        var change = Become(VolunteerState.Gone, now);
        foreach (var shard in _shards.Values)
        {
            // What was said of its silence is not what is to be said of its leaving.
            shard.IsTold = false;
        }

        return new VolunteerOutcome(TellLoss(), change);
    }

    private void Note(IReadOnlyList<GrantId> listed, DateTimeOffset now)
    {
        foreach (var grant in listed)
        {
            if (_finished.Contains(grant))
            {
                continue;
            }

            var shard = Shard(grant.Shard, now);
            if (!shard.Grants.TryGetValue(grant.Sequence, out var held))
            {
                shard.Grants.Add(grant.Sequence, held = new HeldGrant(0));
                shard.IsUnsure = true;
            }

            held.IsListed = true;
            held.Found();
        }
    }

    private List<VolunteerDuty> Compare(HashSet<GrantId> listed, long? arrived, DateTimeOffset now)
    {
        var duties = new List<VolunteerDuty>();
        foreach (var (id, shard) in _shards)
        {
            List<long> held = [];
            List<long> dropped = [];
            foreach (var (sequence, grant) in shard.Grants)
            {
                var isHeld = listed.Contains(new GrantId(id, sequence)) || !IsDropped(grant, arrived, now);
                (isHeld ? held : dropped).Add(sequence);
            }

            if (shard.IsUnsure || shard.IsTold || dropped.Count > 0
                || now - shard.ReconciledAt >= _options.HeartbeatLimit)
            {
                duties.Add(new ReconcileDuty(id, held, dropped));
            }
        }

        return duties;
    }

    /// <summary>
    /// Whether a grant the heartbeat does not list is certainly not, or no longer, with the agent.
    /// </summary>
    private bool IsDropped(HeldGrant grant, long? arrived, DateTimeOffset now)
    {
        grant.MissingSince ??= now;
        grant.Misses++;
        if (arrived is { } last && grant.Exchange <= last)
        {
            return true;
        }

        var missing = now - grant.MissingSince.Value;
        return grant.Misses >= MissesMin && (missing >= _options.HeartbeatLimit
            || (arrived is null && grant.IsListed && missing >= _options.HeartbeatInterval));
    }
}
