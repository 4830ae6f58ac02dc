using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards;

/// <content>
/// What time does: deadlines pass, back-offs end, running units become slow. Nothing here is state of the
/// shard: the times that matter are remembered to wake up in time, and a tick too many changes nothing.
/// </content>
public sealed partial class WorkShard
{
    private readonly SlowWatch _slow = new();

    // Time before this did not count: leases and ages begin here at the earliest.
    private long _clockFromMs;

    private long _tickedAtMs;
    private long _nextDeadlineMs = long.MaxValue;
    private long _nextRetryMs = long.MaxValue;

    /// <inheritdoc/>
    public DateTimeOffset? NextTick
    {
        get
        {
            if (_books is not { } books)
            {
                return null;
            }

            var next = Math.Min(_nextDeadlineMs, _nextRetryMs);
            if (!books.HasWorkLeft)
            {
                next = Math.Min(next, _slow.NextSlowMs);
            }

            return next == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(next);
        }
    }

    /// <inheritdoc/>
    public void Recovered(Turn turn)
    {
        _clockFromMs = turn.Now.ToUnixTimeMilliseconds();
        if (_isClosed)
        {
            turn.Notices.Add(new ShardClosedNotice(Summary()));
        }
        else if (_books is { } books)
        {
            Remember(books);
            _slow.Look(books, _clockFromMs, _clockFromMs);
            TellHolders(turn);
        }
    }

    /// <summary>
    /// Entities of volunteers may have gone with a process that died: says again who holds grants here, so
    /// that the silence of each is watched. One that lives on compares its grants with its next heartbeat.
    /// </summary>
    public void Remind(Turn turn) => TellHolders(turn);

    /// <inheritdoc/>
    public void Tick(Turn turn)
    {
        _tickedAtMs = turn.Now.ToUnixTimeMilliseconds();
        if (_books is not { } books)
        {
            return;
        }

        var due = _nextDeadlineMs > _tickedAtMs ? [] : books.Grants.All
            .Where(g => !g.Live.IsEmpty && DeadlineMs(g) <= _tickedAtMs)
            .Select(g => g.Sequence).Order().ToArray();
        if (due.Length > 0)
        {
            BeginRecord(RecordType.Expired, turn).WriteSequences(due);
            Commit(turn);
            TellLost("deadline", turn);
        }

        Remember(books);
        _slow.Look(books, _clockFromMs, _tickedAtMs);
    }

    /// <summary>The counters now.</summary>
    public ShardStatus Status(Turn turn)
    {
        var books = _books;
        var fresh = Count(UnitPhase.Fresh);
        if (books is not null)
        {
            _slow.Look(books, _clockFromMs, turn.Now.ToUnixTimeMilliseconds());
        }

        return new ShardStatus
        {
            Shard = Id,
            UnitCount = _plan?.UnitCount ?? 0,
            Fresh = fresh,
            Running = Count(UnitPhase.Running),
            Returned = Count(UnitPhase.Returned),
            Pending = Count(UnitPhase.Pending),
            Validated = Count(UnitPhase.Validated),
            Failed = Count(UnitPhase.Failed),
            Reassigned = _reassigned,
            CopiesWanted = books is null ? 0 : books.States.CopiesWanted + ((long)fresh * books.Plan.Quorum),
            WantsSecondCopies = books is not null && _slow.HasSlowUnit,
            NextTick = NextTick,
            IsClosed = IsClosed,
        };
    }

    private long DeadlineMs(Grant grant) => Math.Max(grant.GrantedAtMs, _clockFromMs) + grant.LeaseMs;

    private void NoteDeadline(Grant grant) => _nextDeadlineMs = Math.Min(_nextDeadlineMs, DeadlineMs(grant));

    private void NoteRetry(long atMs) => _nextRetryMs = Math.Min(_nextRetryMs, atMs);

    private void Remember(ShardBooks books)
    {
        _nextDeadlineMs = long.MaxValue;
        foreach (var grant in books.Grants.All)
        {
            if (!grant.Live.IsEmpty)
            {
                NoteDeadline(grant);
            }
        }

        _nextRetryMs = long.MaxValue;
        foreach (var detail in books.Details.All)
        {
            if (detail.RetryAtMs > _tickedAtMs)
            {
                NoteRetry(detail.RetryAtMs);
            }
        }
    }
}
