using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Peer.Reporting;

/// <summary>
/// Gathers finished units and says when to report them: few exchanges while many units finish, and no waiting
/// once an agent has nothing else to do. What was taken is gone for good only when it is confirmed. Times are
/// monotonic. One caller at a time.
/// </summary>
public sealed class ReportBatcher(ReportPolicy policy)
{
    private readonly Dictionary<GrantId, GrantTally> _tallies = [];
    private readonly Queue<GrantId> _order = [];
    private int _units;
    private long _bytes;

    /// <summary>Finished units to be reported; those taken but not confirmed left out.</summary>
    public int Units => _units;

    /// <summary>Takes in a finished unit.</summary>
    public void Add(GrantId grant, in FinishedUnit unit, TimeSpan now)
    {
        var tally = TallyOf(grant, now);
        tally.Units.Add(unit);
        _units++;
        _bytes += unit.SizeBytes;
    }

    /// <summary>
    /// In how many seconds to report: 0 for now, null when there is nothing. <paramref name="idle"/> says
    /// that the agent has nothing to compute, so that waiting for company is pointless.
    /// </summary>
    public double? DueIn(TimeSpan now, bool idle)
    {
        if (_units == 0)
        {
            return null;
        }

        if (idle || _units >= policy.UnitsWorthIt || _bytes >= policy.BytesWorthIt)
        {
            return 0;
        }

        var oldest = _tallies.Values.Min(t => t.Since);
        return Math.Max(0, policy.AgeSecondsMax - (now - oldest).TotalSeconds);
    }

    /// <summary>The next units to report, oldest grants first, or null when there are none.</summary>
    public ReportBatch? Take()
    {
        var taken = new List<GrantTally>();
        var (units, bytes) = (0, 0L);
        while (_units > 0 && units < policy.UnitsMax && bytes < policy.BytesMax)
        {
            var tally = _tallies[_order.Peek()];
            var part = Part(tally, policy.UnitsMax - units, policy.BytesMax - bytes);
            units += part.Units.Count;
            bytes += part.Units.Sum(u => (long)u.SizeBytes);
            _units -= part.Units.Count;
            taken.Add(part);
            if (tally.Units.Count == 0)
            {
                _tallies.Remove(_order.Dequeue());
            }
        }

        _bytes -= bytes;
        return taken.Count == 0 ? null : new ReportBatch([.. taken.Select(t => t.ToReport())], taken);
    }

    /// <summary>A batch was not taken note of: its units are to be reported again.</summary>
    public void PutBack(ReportBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var part in batch.Taken)
        {
            foreach (var unit in part.Units)
            {
                Add(part.Grant, unit, part.Since);
            }
        }
    }

    /// <summary>Forgets a grant's units that wait to be reported, and answers how many those were.</summary>
    public int Remove(GrantId grant)
    {
        if (!_tallies.TryGetValue(grant, out var tally))
        {
            return 0;
        }

        var count = tally.Units.Count;
        _units -= count;
        _bytes -= tally.Units.Sum(u => (long)u.SizeBytes);
        _tallies.Remove(grant);
        var left = _order.Where(g => g != grant).ToList();
        _order.Clear();
        left.ForEach(_order.Enqueue);
        return count;
    }

    private GrantTally TallyOf(GrantId grant, TimeSpan now)
    {
        if (!_tallies.TryGetValue(grant, out var tally))
        {
            tally = new GrantTally(grant) { Since = now };
            _tallies.Add(grant, tally);
            _order.Enqueue(grant);
        }

        tally.Since = now < tally.Since ? now : tally.Since;
        return tally;
    }

    /// <summary>Moves out of a tally what fits, at least one unit.</summary>
    private static GrantTally Part(GrantTally tally, int unitsMax, long bytesMax)
    {
        var count = 0;
        var bytes = 0L;
        while (count < tally.Units.Count && count < unitsMax && (count == 0 || bytes < bytesMax))
        {
            bytes += tally.Units[count++].SizeBytes;
        }

        var part = new GrantTally(tally.Grant) { Since = tally.Since };
        part.Units.AddRange(tally.Units.GetRange(0, count));
        tally.Units.RemoveRange(0, count);
        return part;
    }
}
