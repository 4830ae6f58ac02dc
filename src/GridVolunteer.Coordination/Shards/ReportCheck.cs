using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

using static System.FormattableString;

namespace GridVolunteer.Coordination.Shards;

/// <summary>
/// Checks a report before anything of it is taken in: the volunteer held these units, none is named twice,
/// and the packed results are exactly one for each. What it read on the way is kept until the next report.
/// </summary>
internal sealed class ReportCheck
{
    private readonly RunSet _named = new();
    private int[] _ends = [];
    private long _firstUnit;

    /// <summary>The computed units.</summary>
    public List<LocalRun> Runs { get; } = [];

    /// <summary>The units handed back.</summary>
    public List<LocalRun> Returned { get; } = [];

    /// <summary>Results in the report.</summary>
    public int EntryCount { get; private set; }

    /// <summary>The grant, when it has outstanding copies.</summary>
    public Grant? Grant { get; private set; }

    /// <summary>Where a result lies in the packed bytes.</summary>
    public Range Entry(int index) => (index == 0 ? 0 : _ends[index - 1]).._ends[index];

    /// <summary>Where several results lie, one after the other.</summary>
    public Range Entries(int first, int count) =>
        (first == 0 ? 0 : _ends[first - 1]).._ends[first + count - 1];

    /// <summary>How many units runs name, as far as a number can say.</summary>
    public static int UnitsIn(IReadOnlyList<UnitRun> runs)
    {
        long count = 0;
        foreach (var run in runs)
        {
            count += Math.Max(0, run.Count);
        }

        return (int)Math.Min(int.MaxValue, count);
    }

    /// <summary>A unit, from its index in the level.</summary>
    public int ToLocal(long unit) => (int)(unit - _firstUnit);

    /// <summary>Why the report cannot be taken in, or null.</summary>
    public string? Refuse(GrantReport report, ShardBooks books, ShardId shard, Holder? holder)
    {
        Runs.Clear();
        Returned.Clear();
        _firstUnit = shard.FirstUnit;
        Grant = books.Grants.Find(report.Grant.Sequence);
        if (report.Grant.Sequence < 1 || report.Grant.Sequence > books.Grants.LastSequence)
        {
            return $"There is no grant {report.Grant}.";
        }

        if (holder is null || (Grant is not null && Grant.Holder != holder))
        {
            return $"Grant {report.Grant} was never this volunteer's.";
        }

        return RefuseRuns(report.Runs, Runs, shard, holder)
            ?? RefuseRuns(report.Returned, Returned, shard, holder)
            ?? RefuseFailures(report.Failures, shard, holder)
            ?? RefuseResults(report.Results.Span);
    }

    private string? RefuseRuns(
        IReadOnlyList<UnitRun> runs, List<LocalRun> local, ShardId shard, Holder holder)
    {
        var end = shard.FirstUnit;
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            if (run.Count < 1 || run.Start < end
                || run.Start - shard.FirstUnit > WorkGeometry.UnitsPerShard - run.Count)
            {
                return Invariant($"Run [{run.Start}, {run.Count}] ")
                    + $"is not within shard {shard}, or not behind the run before it.";
            }

            end = run.End;
            var mine = new LocalRun((int)(run.Start - shard.FirstUnit), run.Count);
            if (!WasGranted(mine, holder))
            {
                return Invariant($"Run [{run.Start}, {run.Count}] was not in this grant.");
            }

            local.Append(mine.Start, mine.Count);
        }

        return null;
    }

    private string? RefuseFailures(IReadOnlyList<UnitFailure> failures, ShardId shard, Holder holder)
    {
        if (failures.Count == 0 && Returned.Count == 0)
        {
            return null;
        }

        foreach (var named in _named.ToArray())
        {
            _named.Remove(named.Start, named.Count);
        }

        foreach (var run in Runs)
        {
            _named.Add(run.Start, run.Count);
        }

        var twice = Returned.Exists(r => _named.Intersects(r.Start, r.Count));
        foreach (var run in Returned)
        {
            _named.Add(run.Start, run.Count);
        }

        foreach (var failure in failures)
        {
            var unit = failure.Unit - shard.FirstUnit;
            if (unit is < 0 or >= WorkGeometry.UnitsPerShard
                || !WasGranted(new LocalRun((int)unit, 1), holder))
            {
                return Invariant($"Unit {failure.Unit} was not in this grant.");
            }

            if (!Enum.IsDefined(failure.Kind))
            {
                return Invariant($"Unit {failure.Unit} failed in no known way.");
            }

            twice |= _named.Contains((int)unit);
            _named.Add((int)unit, 1);
        }

        return twice ? "A unit is named twice in one report." : null;
    }

    private string? RefuseResults(ReadOnlySpan<byte> results)
    {
        EntryCount = Runs.UnitCount();
        if (_ends.Length < EntryCount)
        {
            _ends = new int[Math.Max(EntryCount, 2 * _ends.Length)];
        }

        var reader = new PackedResultsReader(results);
        for (var i = 0; i < EntryCount; i++)
        {
            if (!reader.TryRead(out _))
            {
                return Invariant($"The results end or are malformed at entry {i} of {EntryCount}.");
            }

            _ends[i] = reader.Position;
        }

        return reader.AtEnd ? null : $"There are more results than the {EntryCount} units reported.";
    }

    // A grant with nothing outstanding is forgotten; what its volunteer ever had here is not.
    private bool WasGranted(LocalRun run, Holder holder) =>
        holder.Ever.Contains(run.Start, run.Count) && (Grant is null || Grant.Granted(run));
}
