using System.Buffers;
using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>
/// Chooses the units for one volunteer. In order: what somebody lost (urgent); units that lack a replica;
/// units given back; fresh ones; then units that this volunteer had before and has no more; then second
/// copies of slow units (urgent). Before the last two, it gets no unit it ever had. Within each, the lowest
/// unit first: work goes upwards through a shard, so that is the oldest, and volunteers that ask for equal
/// batches get equal runs as replicas.
/// </summary>
/// <param name="books">The shard.</param>
/// <param name="holder">The volunteer, or null when it is new here.</param>
/// <param name="picked">Where the runs go, increasing.</param>
/// <param name="nowMs">The time, in milliseconds of Unix time.</param>
internal readonly ref struct LeasePicker(ShardBooks books, Holder? holder, List<LocalRun> picked, long nowMs)
{
    private static readonly RunSet Nothing = new();

    /// <summary>Picks up to <paramref name="unitsMax"/> units; answers whether they are urgent.</summary>
    public bool Pick(int unitsMax, SlowWatch slow, long clockFromMs)
    {
        var states = books.States;
        var left = unitsMax;
        if (states.CopiesWanted > 0)
        {
            PickLost(ref left);
            if (picked.Count > 0)
            {
                return true;
            }

            var from = states.WantingFrom();
            PickNew(states.Table.LackingReplica, from, states.FreshFrom, ref left);
            if (picked.Count > 0)
            {
                // Not filled up: replicas should get the runs that the first copies had.
                return false;
            }

            PickNew(states.Table.GivenBack, from, states.FreshFrom, ref left);
        }

        var fresh = Math.Min(left, states.UnitCount - states.FreshFrom);
        if (fresh > 0)
        {
            picked.Append(states.FreshFrom, fresh);
        }

        if (picked.Count == 0 && holder is not null && states.CopiesWanted > 0)
        {
            PickAgain(holder, ref left);
        }

        if (picked.Count > 0)
        {
            return false;
        }

        slow.Look(books, clockFromMs, nowMs);
        return (slow.HasSlowUnit || books.HasWorkLeft) && PickSecondCopies(ref left, clockFromMs);
    }

    private void PickLost(ref int left)
    {
        var lost = books.Losses.Units;
        for (var i = 0; i < lost.RunCount && left > 0; i++)
        {
            PickNew(books.States.Table.Wanting, lost[i].Start, lost[i].End, ref left);
        }
    }

    // Units of a kind within a range that the volunteer never had.
    private void PickNew(SearchValues<byte> kind, int from, int end, ref int left)
    {
        var had = holder?.Ever ?? Nothing;
        while (left > 0 && NextOf(kind, ref from, end, out var run))
        {
            var at = run.Start;
            while (left > 0 && had.NextMissing(ref at, run.End, out var part))
            {
                var count = Math.Min(left, part.Count);
                picked.Append(part.Start, count);
                left -= count;
            }
        }
    }

    private bool NextOf(SearchValues<byte> kind, ref int from, int end, out LocalRun run)
    {
        run = default;
        var codes = books.States.Codes;
        var skipped = from < end ? codes[from..end].IndexOfAny(kind) : -1;
        if (skipped < 0)
        {
            return false;
        }

        var start = from + skipped;
        var count = codes[start..end].IndexOfAnyExcept(kind);
        from = count < 0 ? end : start + count;
        run = new LocalRun(start, from - start);
        return true;
    }

    private void PickAgain(Holder volunteer, ref int left)
    {
        var out_ = new RunSet();
        foreach (var grant in volunteer.Grants)
        {
            out_.Add(grant.Live);
            out_.Add(grant.Lost);
        }

        var from = books.States.WantingFrom();
        while (left > 0 && NextOf(books.States.Table.Wanting, ref from, books.States.FreshFrom, out var run))
        {
            var at = run.Start;
            while (left > 0 && out_.NextMissing(ref at, run.End, out var part))
            {
                for (var unit = part.Start; unit < part.End && left > 0; unit++)
                {
                    if (MayHaveAgain(volunteer, unit))
                    {
                        picked.Append(unit, 1);
                        left--;
                    }
                }
            }
        }
    }

    private bool MayHaveAgain(Holder volunteer, int unit) =>
        !books.Pending.HasResultOf(unit, volunteer.Index)
        && (books.Details.Find(unit) is not { } detail
            || detail.RetryAtMs <= nowMs
            || !detail.FailedOn.Contains(volunteer.Index));

    private bool PickSecondCopies(ref int left, long clockFromMs)
    {
        var chosen = new RunSet();
        var had = holder?.Ever ?? Nothing;
        foreach (var grant in SlowGrants(clockFromMs))
        {
            for (var i = 0; i < grant.Live.RunCount && left > 0; i++)
            {
                var (from, end) = (grant.Live[i].Start, grant.Live[i].End);
                while (left > 0 && NextOf(books.States.Table.SecondCopy, ref from, end, out var run))
                {
                    var at = run.Start;
                    while (left > 0 && had.NextMissing(ref at, run.End, out var part))
                    {
                        var before = chosen.UnitCount;
                        chosen.Add(part.Start, Math.Min(left, part.Count));
                        left -= chosen.UnitCount - before;
                    }
                }
            }
        }

        picked.AddRange(chosen.ToArray());
        return picked.Count > 0;
    }

    private IEnumerable<Grant> SlowGrants(long clockFromMs)
    {
        var mean = books.MeanSeconds;
        var now = nowMs;
        return books.Grants.All
            .Where(g => !g.Live.IsEmpty)
            .Where(g => LeaseRules.SlowAtMs(g, Math.Max(g.GrantedAtMs, clockFromMs), mean) <= now)
            .OrderBy(g => g.Sequence);
    }
}
