using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards;

/// <content>An exchange: reports come in, then a grant goes out.</content>
public sealed partial class WorkShard
{
    private readonly List<LocalRun> _picked = [];

    /// <summary>Takes reports in, then grants.</summary>
    public ShardAnswer Exchange(ShardExchange exchange, Turn turn)
    {
        var outcomes = new ReportOutcome[exchange.Reports.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = Take(exchange.Volunteer, exchange.Reports[i], turn);
        }

        CloseWhenDecided(turn);
        var grant = exchange.Lease is { } lease ? Lease(exchange.Volunteer, lease, turn) : null;
        return new ShardAnswer(outcomes, grant, Status(turn));
    }

    private ShardGrant? Lease(PeerId volunteer, LeaseRequest request, Turn turn)
    {
        if (_books is not { } books || request.UnitsMax < 1)
        {
            return null;
        }

        var holder = books.Holders.Find(volunteer);
        if (holder?.LastLease is { } last && last.RequestId == request.RequestId)
        {
            return Offer(last);
        }

        _picked.Clear();
        var now = turn.Now.ToUnixTimeMilliseconds();
        var picker = new LeasePicker(books, holder, _picked, now);
        var isUrgent = picker.Pick(request.UnitsMax, _slow, _clockFromMs);
        if (_picked.Count == 0)
        {
            return null;
        }

        var threads = Math.Clamp(request.Threads, 1, 4096);
        var backlog = _picked.UnitCount() + (holder?.CopiesOut() ?? 0);
        var lease = LeaseRules.Lease(backlog, request.Expected, threads, books.Plan.UnitTimeLimit);
        DecideGranted(volunteer, request, threads, lease, isUrgent, turn);
        var offer = Offer(books.Holders.Find(volunteer)!.LastLease!);
        turn.Events.Add(Event("leased", turn, offer.Runs) with { Peer = volunteer });
        return offer;
    }

    private ShardGrant Offer(LastLease lease) => new(
        new GrantId(Id, lease.Sequence),
        lease.Runs.ToLevel(Id.FirstUnit),
        TimeSpan.FromMilliseconds(lease.LeaseMs),
        lease.Urgent);

    private void DecideGranted(
        PeerId volunteer, LeaseRequest request, int threads, TimeSpan lease, bool isUrgent, Turn turn)
    {
        var books = _books!;
        var record = BeginRecord(RecordType.Granted, turn);
        record.WriteLong(books.Grants.LastSequence + 1);
        var holder = books.Holders.Find(volunteer);
        record.WriteLong(holder?.Index ?? books.Holders.Count);
        if (holder is null)
        {
            record.WritePeer(volunteer);
        }

        record.WriteText(request.RequestId);
        record.WriteLong((long)lease.TotalMilliseconds);
        record.WriteLong((long)Math.Clamp(request.Expected.TotalMicroseconds, 0, 1e15));
        record.WriteLong(threads);
        record.WriteFlag(isUrgent);
        record.WriteRuns(_picked);
        Commit(turn);
    }

    private void ApplyGranted(ref RecordReader record)
    {
        var books = OpenBooks();
        var at = record.ReadLong();
        var sequence = record.ReadLong();
        var index = record.ReadInt();
        var holder = index == books.Holders.Count
            ? books.Holders.Add(record.ReadPeer())
            : books.Holders[index];
        var request = record.ReadText();
        var lease = record.ReadLong();
        var expected = record.ReadLong();
        var threads = record.ReadInt();
        var isUrgent = record.ReadFlag();
        var runs = record.ReadRuns();
        record.ReadEnd();
        holder.LastLease = new LastLease(request, sequence, runs, lease, isUrgent);
        var grant = new Grant
        {
            Sequence = sequence,
            Holder = holder,
            GrantedAtMs = at,
            LeaseMs = lease,
            ExpectedMicroseconds = expected,
            Threads = threads,
            Backlog = runs.UnitCount() + holder.CopiesOut(),
            Runs = runs,
        };
        books.Grants.Issue(grant);
        _slow.Forget();
        NoteDeadline(grant);
    }
}
