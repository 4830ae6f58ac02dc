using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards;

/// <content>Volunteers that fall silent, leave, come back, or let a deadline pass.</content>
public sealed partial class WorkShard
{
    // Reasons are stored; they are never given to another meaning.
    private const byte BySilence = 0;
    private const byte ByGoodbye = 1;

    /// <summary>
    /// The volunteer is silent or gone: its live copies are up for others at once; its late results still
    /// count.
    /// </summary>
    public ShardStatus Lose(PeerId volunteer, LossReason reason, Turn turn)
    {
        if (_books?.Holders.Find(volunteer) is { } holder && holder.Grants.Exists(g => !g.Live.IsEmpty))
        {
            var record = BeginRecord(RecordType.Lost, turn);
            record.WriteLong(holder.Index);
            record.WriteByte(reason == LossReason.Goodbye ? ByGoodbye : BySilence);
            Commit(turn);
            TellLost(reason == LossReason.Goodbye ? "goodbye" : "silent", turn);
        }

        return Status(turn);
    }

    /// <summary>
    /// The volunteer lives: lost copies of the grants it holds are its own again where nobody else got one
    /// since, and the grants it dropped return to the shard. Its grants in neither list are left alone and
    /// named in the answer.
    /// </summary>
    public ReconcileAnswer Reconcile(
        PeerId volunteer, IReadOnlyList<long> held, IReadOnlyList<long> dropped, Turn turn)
    {
        var holder = _books?.Holders.Find(volunteer);
        if (holder is null)
        {
            return new ReconcileAnswer([.. held], []);
        }

        var (books, isHeld, isDropped) = (_books!, held.ToHashSet(), dropped.ToHashSet());
        var gone = new List<long>();
        var revived = new List<(Grant Grant, List<LocalRun> Runs)>();
        var others = new List<long>();
        foreach (var grant in holder.Grants)
        {
            if (isHeld.Contains(grant.Sequence))
            {
                if (!books.Grants.IsWanted(grant))
                {
                    gone.Add(grant.Sequence);
                }
                else if (DeadlineMs(grant) > turn.Now.ToUnixTimeMilliseconds()
                    && books.Grants.Revivable(grant) is { Count: > 0 } runs)
                {
                    revived.Add((grant, runs));
                }
            }
            else if (isDropped.Contains(grant.Sequence))
            {
                gone.Add(grant.Sequence);
            }
            else
            {
                others.Add(grant.Sequence);
            }
        }

        if (gone.Count + revived.Count > 0)
        {
            DecideReconciled(holder, gone, revived, turn);
            _slow.Look(books, _clockFromMs, turn.Now.ToUnixTimeMilliseconds());
        }

        var kept = holder.Grants.Select(g => g.Sequence).ToHashSet();
        return new ReconcileAnswer([.. held.Where(h => !kept.Contains(h))], others);
    }

    private void DecideReconciled(
        Holder holder, List<long> gone, List<(Grant Grant, List<LocalRun> Runs)> revived, Turn turn)
    {
        var record = BeginRecord(RecordType.Reconciled, turn);
        record.WriteLong(holder.Index);
        record.WriteSequences(gone);
        record.WriteLong(revived.Count);
        foreach (var (grant, runs) in revived)
        {
            record.WriteLong(grant.Sequence);
            record.WriteRuns(runs);
        }

        Commit(turn);
    }

    private void ApplyLost(ref RecordReader record)
    {
        var books = OpenBooks();
        record.ReadLong();
        var holder = books.Holders[record.ReadInt()];
        var reason = record.ReadByte();
        record.ReadEnd();
        foreach (var grant in holder.Grants.ToArray())
        {
            LoseGrant(grant, isCounted: reason != ByGoodbye);
        }
    }

    private void ApplyReconciled(ref RecordReader record)
    {
        var books = OpenBooks();
        record.ReadLong();
        var holder = books.Holders[record.ReadInt()];
        foreach (var sequence in record.ReadSequences())
        {
            books.Grants.Drop(books.Grants.Find(sequence) ?? throw DoesNotFit());
        }

        for (var left = record.ReadInt(); left > 0; left--)
        {
            var grant = books.Grants.Find(record.ReadLong()) ?? throw DoesNotFit();
            var runs = record.ReadRuns();
            books.Grants.Revive(grant, runs);
            books.Losses.Withdraw(holder, runs);
            NoteDeadline(grant);
        }

        record.ReadEnd();
        _slow.Forget();
    }

    private void ApplyExpired(ref RecordReader record)
    {
        var books = OpenBooks();
        record.ReadLong();
        foreach (var sequence in record.ReadSequences())
        {
            LoseGrant(books.Grants.Find(sequence) ?? throw DoesNotFit(), isCounted: true);
        }

        record.ReadEnd();
    }

    private void LoseGrant(Grant grant, bool isCounted)
    {
        var lost = _books!.Grants.Lose(grant);
        _slow.Forget();
        if (lost.Count > 0)
        {
            _effects.Lost.Add((grant.Holder, lost));
        }

        if (isCounted)
        {
            _books.Losses.Add(grant.Holder, lost);
        }
    }
}
