using FsCheck.Xunit;
using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>A set of runs behaves as a set of numbers does.</summary>
public sealed class RunSetProperties
{
    [Property(MaxTest = 300)]
    public void AnyChanges_LeaveTheSameUnitsAsASet(
        bool isAtTheEnd, (bool IsAdded, byte Start, byte Count)[] changes)
    {
        var offset = isAtTheEnd ? 65_536 - 512 : 0;
        var (runs, units) = (new RunSet(), new HashSet<int>());
        foreach (var (isAdded, start, length) in changes)
        {
            var (first, count) = (offset + start, 1 + (length % 32));
            var named = Enumerable.Range(first, count).ToArray();
            Assert.Equal(named.All(units.Contains), runs.Contains(first, count));
            Assert.Equal(named.Any(units.Contains), runs.Intersects(first, count));
            if (isAdded)
            {
                runs.Add(first, count);
                units.UnionWith(named);
            }
            else
            {
                runs.Remove(first, count);
                units.ExceptWith(named);
            }

            Assert.Equal(units.Order(), Units(runs));
            Assert.Equal(units.Count, runs.UnitCount);
            Assert.Equal(named.Where(units.Contains), Within(runs, first, first + count));
            Assert.Equal(named.Where(u => !units.Contains(u)), Missing(runs, first, first + count));
        }

        // No two runs touch.
        Assert.All(runs.ToArray().Zip(runs.ToArray().Skip(1)), pair => Assert.True(
            pair.First.End < pair.Second.Start));
    }

    private static IEnumerable<int> Units(RunSet runs) =>
        runs.ToArray().SelectMany(r => Enumerable.Range(r.Start, r.Count));

    private static List<int> Within(RunSet runs, int from, int end)
    {
        var units = new List<int>();
        while (runs.NextWithin(ref from, end, out var run))
        {
            units.AddRange(Enumerable.Range(run.Start, run.Count));
        }

        return units;
    }

    private static List<int> Missing(RunSet runs, int from, int end)
    {
        var units = new List<int>();
        while (runs.NextMissing(ref from, end, out var run))
        {
            units.AddRange(Enumerable.Range(run.Start, run.Count));
        }

        return units;
    }
}
