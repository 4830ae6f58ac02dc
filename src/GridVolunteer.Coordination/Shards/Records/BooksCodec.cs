using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>What a shard keeps while it is open, as bytes.</summary>
internal static class BooksCodec
{
    /// <summary>Writes the books.</summary>
    public static void Write(RecordWriter snapshot, ShardBooks books)
    {
        WriteStates(snapshot, books.States);
        snapshot.WriteReal(books.ComputeSeconds);
        snapshot.WriteLong(books.ComputedUnits);
        WriteHolders(snapshot, books.Holders);
        snapshot.WriteLong(books.Grants.LastSequence);
        snapshot.WriteLong(books.Grants.All.Count);
        foreach (var grant in books.Grants.All.OrderBy(g => g.Sequence))
        {
            WriteGrant(snapshot, grant);
        }

        WriteDetails(snapshot, books.Details);
        WritePending(snapshot, books);
    }

    /// <summary>Reads the books of a plan.</summary>
    public static ShardBooks Read(ref RecordReader snapshot, ShardPlan plan)
    {
        var books = new ShardBooks(plan);
        ReadStates(ref snapshot, books.States);
        books.ComputeSeconds = snapshot.ReadReal();
        books.ComputedUnits = snapshot.ReadLong();
        ReadHolders(ref snapshot, books);
        books.Grants.LastSequence = snapshot.ReadLong();
        for (var left = snapshot.ReadInt(); left > 0; left--)
        {
            books.Grants.Keep(ReadGrant(ref snapshot, books.Holders));
        }

        ReadDetails(ref snapshot, books.Details);
        ReadPending(ref snapshot, books);
        return books;
    }

    private static void WriteStates(RecordWriter snapshot, UnitStates states)
    {
        for (int start = 0, same; start < states.UnitCount; start += same)
        {
            same = states.SameFrom(start, states.UnitCount - start);
            snapshot.WriteByte(states[start]);
            snapshot.WriteLong(same);
        }
    }

    private static void ReadStates(ref RecordReader snapshot, UnitStates states)
    {
        for (int start = 0, same; start < states.UnitCount; start += same)
        {
            var code = snapshot.ReadByte();
            same = snapshot.ReadInt();
            if (same < 1 || same > states.UnitCount - start || !UnitCode.IsValid(code, states.Quorum))
            {
                throw new InvalidDataException("A snapshot's unit states do not fit its plan.");
            }

            states.Restore(start, same, code);
        }
    }

    private static void WriteHolders(RecordWriter snapshot, HolderBook holders)
    {
        snapshot.WriteLong(holders.Count);
        for (var i = 0; i < holders.Count; i++)
        {
            var holder = holders[i];
            snapshot.WritePeer(holder.Peer);
            snapshot.WriteRuns(holder.Ever);
            snapshot.WriteRuns(holder.Lost);
            var last = holder.LastLease!;
            snapshot.WriteText(last.RequestId);
            snapshot.WriteLong(last.Sequence);
            snapshot.WriteRuns(last.Runs);
            snapshot.WriteLong(last.LeaseMs);
            snapshot.WriteFlag(last.Urgent);
        }
    }

    private static void ReadHolders(ref RecordReader snapshot, ShardBooks books)
    {
        for (var left = snapshot.ReadInt(); left > 0; left--)
        {
            var holder = books.Holders.Add(snapshot.ReadPeer());
            snapshot.ReadRuns(holder.Ever);
            books.Losses.Add(holder, snapshot.ReadRuns());
            holder.LastLease = new LastLease(
                snapshot.ReadText(),
                snapshot.ReadLong(),
                snapshot.ReadRuns(),
                snapshot.ReadLong(),
                snapshot.ReadFlag());
        }
    }

    private static void WriteGrant(RecordWriter snapshot, Grant grant)
    {
        snapshot.WriteLong(grant.Sequence);
        snapshot.WriteLong(grant.Holder.Index);
        snapshot.WriteLong(grant.GrantedAtMs);
        snapshot.WriteLong(grant.LeaseMs);
        snapshot.WriteLong(grant.ExpectedMicroseconds);
        snapshot.WriteLong(grant.Threads);
        snapshot.WriteLong(grant.Backlog);
        snapshot.WriteRuns(grant.Runs);
        snapshot.WriteRuns(grant.Live);
        snapshot.WriteRuns(grant.Lost);
    }

    private static Grant ReadGrant(ref RecordReader snapshot, HolderBook holders)
    {
        var grant = new Grant
        {
            Sequence = snapshot.ReadLong(),
            Holder = holders[snapshot.ReadInt()],
            GrantedAtMs = snapshot.ReadLong(),
            LeaseMs = snapshot.ReadLong(),
            ExpectedMicroseconds = snapshot.ReadLong(),
            Threads = snapshot.ReadInt(),
            Backlog = snapshot.ReadInt(),
            Runs = snapshot.ReadRuns(),
        };
        snapshot.ReadRuns(grant.Live);
        snapshot.ReadRuns(grant.Lost);
        return grant;
    }

    private static void WriteDetails(RecordWriter snapshot, UnitDetails details)
    {
        var units = details.Units.ToArray();
        snapshot.WriteLong(units.Length);
        foreach (var unit in units)
        {
            var detail = details.Find(unit)!;
            snapshot.WriteLong(unit);
            snapshot.WriteLong(detail.RetryAtMs);
            snapshot.WriteLong(detail.FailedOn.Count);
            detail.FailedOn.ForEach(f => snapshot.WriteLong(f));
        }
    }

    private static void ReadDetails(ref RecordReader snapshot, UnitDetails details)
    {
        for (var left = snapshot.ReadInt(); left > 0; left--)
        {
            var detail = details.For(snapshot.ReadInt());
            detail.RetryAtMs = snapshot.ReadLong();
            for (var failures = snapshot.ReadInt(); failures > 0; failures--)
            {
                detail.FailedOn.Add(snapshot.ReadInt());
            }
        }
    }

    // The units with results follow from the states.
    private static void WritePending(RecordWriter snapshot, ShardBooks books)
    {
        for (var unit = 0; unit < books.States.FreshFrom; unit++)
        {
            if (UnitCode.Agreeing(books.States[unit]) == 0)
            {
                continue;
            }

            var groups = books.Pending.Groups(unit);
            snapshot.WriteLong(groups.Count);
            foreach (var group in groups)
            {
                snapshot.WriteDigest(group.Digest);
                snapshot.WriteLong(group.Place.Row);
                snapshot.WriteLong(group.Place.Ordinal);
                snapshot.WriteLong(group.Holders.Count);
                group.Holders.ForEach(h => snapshot.WriteLong(h));
                if (books.IsNumeric)
                {
                    snapshot.WriteBytes(group.Bytes);
                }
            }
        }
    }

    private static void ReadPending(ref RecordReader snapshot, ShardBooks books)
    {
        for (var unit = 0; unit < books.States.FreshFrom; unit++)
        {
            if (UnitCode.Agreeing(books.States[unit]) == 0)
            {
                continue;
            }

            var count = snapshot.ReadInt();
            for (var group = 0; group < count; group++)
            {
                var digest = snapshot.ReadDigest();
                var place = new ResultPlace(snapshot.ReadInt(), snapshot.ReadInt());
                var holders = new int[snapshot.ReadInt()];
                for (var i = 0; i < holders.Length; i++)
                {
                    holders[i] = snapshot.ReadInt();
                }

                var bytes = books.IsNumeric ? snapshot.ReadBytes().ToArray() : null;
                books.Pending.Open(unit, digest, place, holders[0], bytes);
                foreach (var holder in holders[1..])
                {
                    books.Pending.Join(unit, group, holder);
                }
            }
        }
    }
}
