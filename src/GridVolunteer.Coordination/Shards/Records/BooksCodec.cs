using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>What a shard keeps while it is open, as bytes.</summary>
internal static class BooksCodec
{
    /// <summary>Writes the books.</summary>
    public static void Write(ShardRecordWriter snapshot, ShardBooks books)
    {
        WriteStates(snapshot, books.States);
        snapshot.Real(books.ComputeSeconds);
        snapshot.Number(books.ComputedUnits);
        WriteHolders(snapshot, books.Holders);
        snapshot.Number(books.Grants.LastSequence);
        snapshot.Number(books.Grants.All.Count);
        foreach (var grant in books.Grants.All.OrderBy(g => g.Sequence))
        {
            WriteGrant(snapshot, grant);
        }

        WriteDetails(snapshot, books.Details);
        WritePending(snapshot, books);
    }

    /// <summary>Reads the books of a plan.</summary>
    public static ShardBooks Read(ref ShardRecordReader snapshot, ShardPlan plan)
    {
        var books = new ShardBooks(plan);
        ReadStates(ref snapshot, books.States);
        books.ComputeSeconds = snapshot.Real();
        books.ComputedUnits = snapshot.Number();
        ReadHolders(ref snapshot, books);
        books.Grants.LastSequence = snapshot.Number();
        for (var left = snapshot.Small(); left > 0; left--)
        {
            books.Grants.Keep(ReadGrant(ref snapshot, books.Holders));
        }

        ReadDetails(ref snapshot, books.Details);
        ReadPending(ref snapshot, books);
        return books;
    }

    private static void WriteStates(ShardRecordWriter snapshot, UnitStates states)
    {
        for (int start = 0, same; start < states.UnitCount; start += same)
        {
            same = states.SameFrom(start, states.UnitCount - start);
            snapshot.Byte(states[start]);
            snapshot.Number(same);
        }
    }

    private static void ReadStates(ref ShardRecordReader snapshot, UnitStates states)
    {
        for (int start = 0, same; start < states.UnitCount; start += same)
        {
            var code = snapshot.Byte();
            same = snapshot.Small(states.UnitCount - start);
            if (same == 0)
            {
                throw snapshot.Malformed();
            }

            states.Restore(start, same, code);
        }
    }

    private static void WriteHolders(ShardRecordWriter snapshot, HolderBook holders)
    {
        snapshot.Number(holders.Count);
        for (var i = 0; i < holders.Count; i++)
        {
            var holder = holders[i];
            snapshot.Peer(holder.Peer);
            snapshot.Runs(holder.Ever);
            snapshot.Runs(holder.Lost);
            var last = holder.LastLease!;
            snapshot.Text(last.RequestId);
            snapshot.Number(last.Sequence);
            snapshot.Runs(last.Runs);
            snapshot.Number(last.LeaseMs);
            snapshot.Byte(last.Urgent ? (byte)1 : (byte)0);
        }
    }

    private static void ReadHolders(ref ShardRecordReader snapshot, ShardBooks books)
    {
        for (var left = snapshot.Small(); left > 0; left--)
        {
            var holder = books.Holders.Add(snapshot.Peer());
            snapshot.Runs(holder.Ever);
            books.Losses.Add(holder, snapshot.Runs());
            holder.LastLease = new LastLease(
                snapshot.Text(), snapshot.Number(), snapshot.Runs(), snapshot.Number(), snapshot.Byte() != 0);
        }
    }

    private static void WriteGrant(ShardRecordWriter snapshot, Grant grant)
    {
        snapshot.Number(grant.Sequence);
        snapshot.Number(grant.Holder.Index);
        snapshot.Number(grant.GrantedAtMs);
        snapshot.Number(grant.LeaseMs);
        snapshot.Number(grant.ExpectedMicroseconds);
        snapshot.Number(grant.Threads);
        snapshot.Number(grant.Backlog);
        snapshot.Runs(grant.Runs);
        snapshot.Runs(grant.Live);
        snapshot.Runs(grant.Lost);
    }

    private static Grant ReadGrant(ref ShardRecordReader snapshot, HolderBook holders)
    {
        var grant = new Grant
        {
            Sequence = snapshot.Number(),
            Holder = holders[snapshot.Small()],
            GrantedAtMs = snapshot.Number(),
            LeaseMs = snapshot.Number(),
            ExpectedMicroseconds = snapshot.Number(),
            Threads = snapshot.Small(),
            Backlog = snapshot.Small(),
            Runs = snapshot.Runs(),
        };
        snapshot.Runs(grant.Live);
        snapshot.Runs(grant.Lost);
        return grant;
    }

    private static void WriteDetails(ShardRecordWriter snapshot, UnitDetails details)
    {
        var units = details.Units.ToArray();
        snapshot.Number(units.Length);
        foreach (var unit in units)
        {
            var detail = details.Find(unit)!;
            snapshot.Number(unit);
            snapshot.Number(detail.RetryAtMs);
            snapshot.Number(detail.FailedOn.Count);
            detail.FailedOn.ForEach(f => snapshot.Number(f));
        }
    }

    private static void ReadDetails(ref ShardRecordReader snapshot, UnitDetails details)
    {
        for (var left = snapshot.Small(); left > 0; left--)
        {
            var detail = details.For(snapshot.Small());
            detail.RetryAtMs = snapshot.Number();
            for (var failures = snapshot.Small(); failures > 0; failures--)
            {
                detail.FailedOn.Add(snapshot.Small());
            }
        }
    }

    // The units with results follow from the states.
    private static void WritePending(ShardRecordWriter snapshot, ShardBooks books)
    {
        for (var unit = 0; unit < books.States.FreshFrom; unit++)
        {
            if (UnitCode.Agreeing(books.States[unit]) == 0)
            {
                continue;
            }

            var groups = books.Pending.Groups(unit);
            snapshot.Number(groups.Count);
            foreach (var group in groups)
            {
                snapshot.Digest(group.Digest);
                snapshot.Number(group.Place.Row);
                snapshot.Number(group.Place.Ordinal);
                snapshot.Number(group.Holders.Count);
                group.Holders.ForEach(h => snapshot.Number(h));
                if (books.IsNumeric)
                {
                    snapshot.Bytes(group.Bytes);
                }
            }
        }
    }

    private static void ReadPending(ref ShardRecordReader snapshot, ShardBooks books)
    {
        for (var unit = 0; unit < books.States.FreshFrom; unit++)
        {
            if (UnitCode.Agreeing(books.States[unit]) == 0)
            {
                continue;
            }

            var count = snapshot.Small();
            for (var group = 0; group < count; group++)
            {
                var digest = snapshot.Digest();
                var place = new ResultPlace(snapshot.Small(), snapshot.Small());
                var holders = new int[snapshot.Small(UnitCode.QuorumMax)];
                for (var i = 0; i < holders.Length; i++)
                {
                    holders[i] = snapshot.Small();
                }

                var bytes = books.IsNumeric ? snapshot.Bytes().ToArray() : null;
                books.Pending.Open(unit, digest, place, holders[0], bytes);
                foreach (var holder in holders[1..])
                {
                    books.Pending.Join(unit, group, holder);
                }
            }
        }
    }
}
