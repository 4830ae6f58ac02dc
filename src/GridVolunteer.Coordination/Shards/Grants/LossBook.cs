using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>
/// Who lost which undecided units, by silence or past a deadline (not by goodbye): these are urgent, and count as
/// reassigned when another validates them.
/// </summary>
internal sealed class LossBook
{
    private readonly List<Holder> _losers = [];

    /// <summary>Units that somebody lost.</summary>
    public RunSet Units { get; } = new();

    /// <summary>Notes a loss.</summary>
    public void Add(Holder loser, IReadOnlyList<LocalRun> runs)
    {
        if (loser.Lost.IsEmpty && runs.Count > 0)
        {
            // In the order of their numbers, so that a replay asks them in the same order.
            var place = _losers.FindIndex(l => l.Index > loser.Index);
            _losers.Insert(place < 0 ? _losers.Count : place, loser);
        }

        foreach (var run in runs)
        {
            loser.Lost.Add(run.Start, run.Count);
            Units.Add(run.Start, run.Count);
        }
    }

    /// <summary>The volunteer has the units after all.</summary>
    public void Withdraw(Holder loser, IReadOnlyList<LocalRun> runs)
    {
        foreach (var run in runs)
        {
            loser.Lost.Remove(run.Start, run.Count);
            Units.Remove(run.Start, run.Count);
            foreach (var other in _losers)
            {
                var from = run.Start;
                while (other.Lost.NextWithin(ref from, run.End, out var also))
                {
                    Units.Add(also.Start, also.Count);
                }
            }
        }

        _losers.RemoveAll(l => l.Lost.IsEmpty);
    }

    /// <summary>
    /// Units were decided, so they are lost no more. Adds those that another than <paramref name="validator"/> had lost
    /// to <paramref name="reassigned"/>, each once, and answers how many they are.
    /// </summary>
    public int Decide(LocalRun run, Holder? validator, List<(Holder From, LocalRun Units)> reassigned)
    {
        var count = 0;
        var from = run.Start;
        while (Units.NextWithin(ref from, run.End, out var lost))
        {
            Units.Remove(lost.Start, lost.Count);
            count += Forget(lost, validator, reassigned);
        }

        _losers.RemoveAll(l => l.Lost.IsEmpty);
        return count;
    }

    private int Forget(LocalRun lost, Holder? validator, List<(Holder From, LocalRun Units)> reassigned)
    {
        var counted = new RunSet();
        foreach (var loser in _losers)
        {
            var from = lost.Start;
            while (validator is not null && loser != validator && loser.Lost.NextWithin(ref from, lost.End, out var part))
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
}
