using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>
/// Who lost which undecided units, by silence or past a deadline (not by goodbye): these are urgent, and
/// count as reassigned when another validates them. Losers are found by blocks of units, so that a thousand
/// of them cost a report no more than a few.
/// </summary>
internal sealed class LossBook
{
    private const int BlockUnits = 256;

    // In the order of their numbers, so that a replay asks them in the same order.
    private readonly Dictionary<int, SortedList<int, Holder>> _losers = [];

    /// <summary>Units that somebody lost.</summary>
    public RunSet Units { get; } = new();

    /// <summary>Notes a loss.</summary>
    public void Add(Holder loser, IReadOnlyList<LocalRun> runs)
    {
        foreach (var run in runs)
        {
            loser.Lost.Add(run.Start, run.Count);
            Units.Add(run.Start, run.Count);
            for (var block = run.Start / BlockUnits; block <= (run.End - 1) / BlockUnits; block++)
            {
                if (!_losers.TryGetValue(block, out var losers))
                {
                    _losers.Add(block, losers = []);
                }

                losers.TryAdd(loser.Index, loser);
            }
        }
    }

    /// <summary>The volunteer has the units after all.</summary>
    public void Withdraw(Holder loser, IReadOnlyList<LocalRun> runs)
    {
        foreach (var run in runs)
        {
            loser.Lost.Remove(run.Start, run.Count);
            Units.Remove(run.Start, run.Count);
            foreach (var part in Blocks(run))
            {
                foreach (var other in Losers(part))
                {
                    var from = part.Start;
                    while (other.Lost.NextWithin(ref from, part.End, out var also))
                    {
                        Units.Add(also.Start, also.Count);
                    }
                }

                Tidy(part);
            }
        }
    }

    /// <summary>
    /// Units were decided, so they are lost no more. Adds those that another than <paramref
    /// name="validator"/> had lost to <paramref name="reassigned"/>, each once, and answers how many they
    /// are.
    /// </summary>
    public int Decide(LocalRun run, Holder? validator, List<(Holder From, LocalRun Units)> reassigned)
    {
        var count = 0;
        var from = run.Start;
        while (Units.NextWithin(ref from, run.End, out var lost))
        {
            Units.Remove(lost.Start, lost.Count);
            foreach (var part in Blocks(lost))
            {
                count += Forget(part, validator, reassigned);
                Tidy(part);
            }
        }

        return count;
    }

    private int Forget(LocalRun lost, Holder? validator, List<(Holder From, LocalRun Units)> reassigned)
    {
        var counted = new RunSet();
        foreach (var loser in Losers(lost))
        {
            var from = validator is null || loser == validator ? lost.End : lost.Start;
            while (loser.Lost.NextWithin(ref from, lost.End, out var part))
            {
                var at = part.Start;
                while (counted.NextMissing(ref at, part.End, out var first))
                {
                    reassigned.Add((loser, first));
                }

                counted.Add(part.Start, part.Count);
            }

            loser.Lost.Remove(lost.Start, lost.Count);
        }

        return counted.UnitCount;
    }

    private IList<Holder> Losers(LocalRun part) =>
        _losers.TryGetValue(part.Start / BlockUnits, out var losers) ? losers.Values : [];

    // Lets go of those that lost nothing more in the block.
    private void Tidy(LocalRun part)
    {
        var block = part.Start / BlockUnits;
        if (!_losers.TryGetValue(block, out var losers))
        {
            return;
        }

        for (var i = losers.Count - 1; i >= 0; i--)
        {
            if (!losers.Values[i].Lost.Intersects(block * BlockUnits, BlockUnits))
            {
                losers.RemoveAt(i);
            }
        }

        if (losers.Count == 0)
        {
            _losers.Remove(block);
        }
    }

    // The run cut at the borders of blocks.
    private static IEnumerable<LocalRun> Blocks(LocalRun run)
    {
        for (int start = run.Start, end; start < run.End; start = end)
        {
            end = Math.Min(run.End, ((start / BlockUnits) + 1) * BlockUnits);
            yield return new LocalRun(start, end - start);
        }
    }
}
