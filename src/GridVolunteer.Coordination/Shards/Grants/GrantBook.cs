using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>
/// The grants with outstanding copies. Every live copy here is counted in its unit's code, while undecided.
/// </summary>
/// <param name="states">The units' states, changed along.</param>
internal sealed class GrantBook(UnitStates states)
{
    private readonly Dictionary<long, Grant> _grants = [];

    /// <summary>The number of the last grant made, done or not.</summary>
    public long LastSequence { get; set; }

    /// <summary>Grants with outstanding copies, in no order.</summary>
    public Dictionary<long, Grant>.ValueCollection All => _grants.Values;

    /// <summary>The grant, or null when there never was one or nothing of it is outstanding.</summary>
    public Grant? Find(long sequence) => _grants.GetValueOrDefault(sequence);

    /// <summary>Adds a grant just made, with all its copies live.</summary>
    public void Issue(Grant grant)
    {
        foreach (var run in grant.Runs)
        {
            states.Issue(run.Start, run.Count);
            grant.Live.Add(run.Start, run.Count);
            grant.Holder.Ever.Add(run.Start, run.Count);
        }

        LastSequence = grant.Sequence;
        Keep(grant);
    }

    /// <summary>Adds a grant as a snapshot has it.</summary>
    public void Keep(Grant grant)
    {
        _grants.Add(grant.Sequence, grant);
        grant.Holder.Grants.Add(grant);
    }

    /// <summary>Something was heard of these copies: they are outstanding no more.</summary>
    public void Resolve(Grant grant, LocalRun run)
    {
        var from = run.Start;
        while (grant.Live.NextWithin(ref from, run.End, out var live))
        {
            states.Change(live.Start, live.Count, UnitChange.Withdraw);
        }

        grant.Live.Remove(run.Start, run.Count);
        grant.Lost.Remove(run.Start, run.Count);
    }

    /// <summary>Takes the grant out of the book when nothing of it is outstanding.</summary>
    public void Settle(Grant grant)
    {
        if (grant.IsDone)
        {
            _grants.Remove(grant.Sequence);
            grant.Holder.Grants.Remove(grant);
        }
    }

    /// <summary>The volunteer has the grant no more: its copies return to the shard.</summary>
    public void Drop(Grant grant)
    {
        foreach (var run in grant.Runs)
        {
            Resolve(grant, run);
        }

        Settle(grant);
    }

    /// <summary>
    /// The live copies are taken for lost; copies of decided units are let go. Answers the undecided ones.
    /// </summary>
    public List<LocalRun> Lose(Grant grant)
    {
        var lost = Undecided(grant.Live);
        foreach (var run in grant.Live.ToArray())
        {
            grant.Live.Remove(run.Start, run.Count);
        }

        foreach (var run in lost)
        {
            states.Change(run.Start, run.Count, UnitChange.Withdraw);
            grant.Lost.Add(run.Start, run.Count);
        }

        Settle(grant);
        return lost;
    }

    /// <summary>Lost copies of units that still want one, and so could be live again.</summary>
    public List<LocalRun> Revivable(Grant grant)
    {
        var runs = new List<LocalRun>();
        for (var i = 0; i < grant.Lost.RunCount; i++)
        {
            var (start, end) = (grant.Lost[i].Start, grant.Lost[i].End);
            for (int same; start < end; start += same)
            {
                same = states.SameFrom(start, end - start);
                if (states.Table.Wanted(states[start]) > 0)
                {
                    runs.Append(start, same);
                }
            }
        }

        return runs;
    }

    /// <summary>Lost copies are live again.</summary>
    public void Revive(Grant grant, IReadOnlyList<LocalRun> runs)
    {
        foreach (var run in runs)
        {
            states.Change(run.Start, run.Count, UnitChange.Issue);
            grant.Lost.Remove(run.Start, run.Count);
            grant.Live.Add(run.Start, run.Count);
        }
    }

    /// <summary>Whether any outstanding copy of the grant is of an undecided unit.</summary>
    public bool IsWanted(Grant grant) => Undecided(grant.Live).Count > 0 || Undecided(grant.Lost).Count > 0;

    /// <summary>
    /// Whether a live copy of the grant is the last that its unit needs, so that a second one may join it.
    /// </summary>
    public bool HasSecondCopyLeft(Grant grant)
    {
        for (var i = 0; i < grant.Live.RunCount; i++)
        {
            var run = grant.Live[i];
            if (states.Codes.Slice(run.Start, run.Count).ContainsAny(states.Table.SecondCopy))
            {
                return true;
            }
        }

        return false;
    }

    private List<LocalRun> Undecided(RunSet units)
    {
        var runs = new List<LocalRun>();
        for (var i = 0; i < units.RunCount; i++)
        {
            var (start, end) = (units[i].Start, units[i].End);
            for (int same; start < end; start += same)
            {
                same = states.SameFrom(start, end - start);
                if (UnitCode.IsIssued(states[start]))
                {
                    runs.Append(start, same);
                }
            }
        }

        return runs;
    }
}
