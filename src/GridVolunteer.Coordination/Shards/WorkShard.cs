using System.Buffers;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Shards;

/// <summary>
/// A work shard: up to 64 Ki units of one level of a job, handed out in grants until each has a canonical
/// result or has failed for good. The operations are those of <see cref="Contracts.IWorkShard"/>.
/// <para>
/// A command first decides without touching anything, writes one record, and then applies it: only
/// <see cref="Apply"/> changes state, so a replay gives the same state byte for byte. What a rule decided
/// (who agrees with whom, that a unit failed for good, how long a lease is) stands in the record, so that
/// rules may change between versions. While open, the shard costs a byte for each unit (<see
/// cref="UnitCode"/>) and what is in flight.
/// </para>
/// </summary>
public sealed partial class WorkShard : IEntity
{
    private readonly ShardEffects _effects = new();
    private ArrayBufferWriter<byte> _record = new();
    private CanonicalIndex _canonical = new();
    private FailureBook _failures = new();
    private ShardPlan? _plan;
    private ShardBooks? _books;
    private int[] _lastCounts = new int[6];
    private int _reassigned;
    private int _lastRow;
    private bool _isEnded;
    private bool _isClosed;

    /// <summary>A shard that was never opened.</summary>
    /// <param name="id">Its id.</param>
    public WorkShard(ShardId id) => Id = id;

    /// <summary>The shard's id.</summary>
    public ShardId Id { get; }

    /// <inheritdoc/>
    public bool IsClosed => _isClosed || _isEnded;

    /// <summary>
    /// Opens the shard; when it is open already nothing changes, and a closed one says again that it is
    /// closed.
    /// </summary>
    /// <exception cref="ArgumentException">The plan is for another shard, or out of its bounds.</exception>
    public ShardStatus Open(ShardPlan plan, Turn turn)
    {
        if (_isClosed)
        {
            turn.Notices.Add(new ShardClosedNotice(Summary()));
        }
        else if (_plan is null && !_isEnded)
        {
            Check(plan);
            DecideOpened(plan, turn);
        }

        return Status(turn);
    }

    /// <summary>
    /// The job is over: nothing more is granted or taken in. What is canonical stays readable. The job hears
    /// what it is, each time anew, so that it knows when all of its shards have ended.
    /// </summary>
    public void End(Turn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (!IsClosed)
        {
            DecideEnded(turn);
        }

        turn.Notices.Add(new ShardClosedNotice(Summary()));
    }

    /// <summary>Where the canonical results of a range of units lie, in increasing order.</summary>
    public IReadOnlyList<CanonicalRun> Canonical(UnitRun range, Turn turn)
    {
        _ = turn;
        return Local(range) is { } local ? [.. _canonical.Within(local).Select(ToRun)] : [];
    }

    /// <summary>The units of a range that failed for good, in increasing order.</summary>
    public IReadOnlyList<UnitRun> Failed(UnitRun range, Turn turn)
    {
        _ = turn;
        var failed = new List<LocalRun>();
        if (Local(range) is { } local)
        {
            var from = local.Start;
            while (_failures.Failed.NextWithin(ref from, local.End, out var run))
            {
                failed.Add(run);
            }
        }

        return failed.ToLevel(Id.FirstUnit);
    }

    /// <summary>The failures kept, at most 1,000, by unit and time.</summary>
    public IReadOnlyList<FailedUnit> Failures(Turn turn)
    {
        _ = turn;
        return [.. _failures.Kept.OrderBy(f => f.Unit).Select(f => new FailedUnit(
            Id.Level, Id.FirstUnit + f.Unit, _failures.Failed.Contains(f.Unit), f.Peer, f.Kind, f.Message))];
    }

    private void Check(ShardPlan plan)
    {
        if (plan.Shard != Id)
        {
            throw new ArgumentException(
                $"A plan for shard {plan.Shard} cannot open shard {Id}.", nameof(plan));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(plan.UnitCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plan.UnitCount, WorkGeometry.UnitsPerShard);
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Quorum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plan.Quorum, UnitCode.QuorumMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.FailuresMax, 1);
    }

    private ShardSummary Summary()
    {
        CanonicalRun? output = null;
        if (_plan is { IsLastLevel: true })
        {
            output = _canonical.Within(new LocalRun(0, 1)).Select(ToRun).FirstOrDefault();
        }

        return new ShardSummary(
            Id, Count(UnitPhase.Validated), Count(UnitPhase.Failed), _reassigned, output,
            _failures.FirstError);
    }

    private CanonicalRun ToRun(CanonicalEntry entry) =>
        new(Level(entry.Units), entry.Place.Row, entry.Place.Ordinal);

    private UnitRun Level(LocalRun run) => new(Id.FirstUnit + run.Start, run.Count);

    private int Count(UnitPhase phase) => _books?.States.Count(phase) ?? _lastCounts[(int)phase];

    // The part of a range of the level that lies in this shard.
    private LocalRun? Local(UnitRun range)
    {
        var start = Math.Max(range.Start - Id.FirstUnit, 0);
        var end = Math.Min(range.End - Id.FirstUnit, _plan?.UnitCount ?? 0);
        return start < end ? new LocalRun((int)start, (int)(end - start)) : null;
    }
}
