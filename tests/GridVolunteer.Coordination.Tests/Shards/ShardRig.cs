using System.Buffers;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>
/// A shard with a host that only remembers: the journal, the rows, what was said, and the time.
/// </summary>
internal sealed class ShardRig
{
    private int _requests;

    public ShardRig(
        int units, int quorum = 1, AgreementRule? agreement = null, int number = 0, bool isLastLevel = false)
    {
        Plan = new ShardPlan
        {
            Shard = new ShardId(new JobId(1), 0, number),
            UnitCount = units,
            Quorum = quorum,
            Agreement = agreement ?? AgreementRule.Exact,
            UnitTimeLimit = TimeSpan.FromSeconds(10),
            IsLastLevel = isLastLevel,
        };
        Shard = new WorkShard(Plan.Shard);
        Do(turn => Shard.Open(Plan, turn));
    }

    public ShardPlan Plan { get; }

    public WorkShard Shard { get; set; }

    public DateTimeOffset Now { get; set; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public List<byte[]> Journal { get; } = [];

    public Dictionary<long, (UnitRun[] Runs, byte[][] Entries)> Rows { get; } = [];

    public List<Notice> Notices { get; } = [];

    public List<GridEvent> Events { get; } = [];

    public ShardStatus Status => Do(Shard.Status);

    public static PeerId Peer(int number) => new(0, (UInt128)(uint)number + 1);

    public static byte[] Result(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public static byte[] Pack(IEnumerable<byte[]> results)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(output);
        foreach (var result in results)
        {
            writer.WriteInline(result);
        }

        return output.WrittenSpan.ToArray();
    }

    public T Do<T>(Func<Turn, T> command)
    {
        var turn = new Turn();
        turn.Begin(Now);
        var answer = command(turn);
        Keep(turn);
        return answer;
    }

    public void Pass(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public void Tick() => Do(turn =>
    {
        Shard.Tick(turn);
        return 0;
    });

    public ShardGrant? Lease(int peer, int unitsMax = 10, double expectedSeconds = 1, string? request = null) => Do(turn =>
        Shard.Exchange(new ShardExchange(Peer(peer), [], Request(unitsMax, expectedSeconds, request)), turn)).Grant;

    public LeaseRequest Request(int unitsMax, double expectedSeconds = 1, string? request = null) => new(
        request ?? $"r{++_requests}", unitsMax, TimeSpan.FromSeconds(expectedSeconds), 1, true);

    public ReportOutcome Report(int peer, GrantReport report) =>
        Do(turn => Shard.Exchange(new ShardExchange(Peer(peer), [report], null), turn)).Outcomes[0];

    /// <summary>
    /// Reports all of a grant, or just some runs of it, each unit with the result that a function gives.
    /// </summary>
    public ReportOutcome Report(
        int peer, ShardGrant grant, Func<long, string>? result = null, params UnitRun[] runs)
    {
        result ??= unit => $"{{\"u\":{unit}}}";
        var reported = runs.Length > 0 ? runs : [.. grant.Runs];
        return Report(peer, new GrantReport
        {
            Grant = grant.Grant,
            Runs = reported,
            Results = Pack(reported.SelectMany(Units).Select(u => Result(result(u)))),
        });
    }

    public ReportOutcome Fail(int peer, ShardGrant grant, params long[] units) => Report(peer, new GrantReport
    {
        Grant = grant.Grant,
        Failures = [.. units.Select(u => new UnitFailure(u, UnitFailureKind.Threw, $"unit {u} is broken"))],
    });

    public ReportOutcome Return(int peer, ShardGrant grant) =>
        Report(peer, new GrantReport { Grant = grant.Grant, Returned = grant.Runs });

    public void Lose(int peer, LossReason reason = LossReason.Silent) =>
        Do(turn => Shard.Lose(Peer(peer), reason, turn));

    public ReconcileAnswer Reconcile(int peer, long[] held, params long[] dropped) =>
        Do(turn => Shard.Reconcile(Peer(peer), held, dropped, turn));

    /// <summary>The canonical result of each valid unit, from the rows.</summary>
    public Dictionary<long, string> Canonical()
    {
        var all = new UnitRun(Plan.Shard.FirstUnit, Plan.UnitCount);
        var results = new Dictionary<long, string>();
        foreach (var run in Do(turn => Shard.Canonical(all, turn)))
        {
            for (var i = 0; i < run.Units.Count; i++)
            {
                var (runs, entries) = Rows[run.RowSequence];
                Assert.Equal(run.Units.Start + i, runs.SelectMany(Units).ElementAt(run.Ordinal + i));
                results.Add(
                    run.Units.Start + i, System.Text.Encoding.UTF8.GetString(entries[run.Ordinal + i]));
            }
        }

        return results;
    }

    public byte[] Snapshot() => Snapshot(Shard);

    public static byte[] Snapshot(WorkShard shard)
    {
        var output = new ArrayBufferWriter<byte>();
        shard.WriteSnapshot(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A shard from a snapshot (or from nothing) and the records after it.</summary>
    public WorkShard Replay(byte[]? snapshot = null, int from = 0)
    {
        var shard = new WorkShard(Plan.Shard);
        if (snapshot is not null)
        {
            shard.ReadSnapshot(snapshot);
        }

        Journal.Skip(from).ToList().ForEach(r => shard.Apply(r));
        return shard;
    }

    /// <summary>The coordinator stops and starts again.</summary>
    public void Restart()
    {
        Shard = Replay();
        Do(turn =>
        {
            Shard.Recovered(turn);
            Assert.True(turn.IsReadOnly);
            return 0;
        });
    }

    public static IEnumerable<long> Units(UnitRun run) =>
        Enumerable.Range(0, run.Count).Select(i => run.Start + i);

    private void Keep(Turn turn)
    {
        var rest = turn.Journalled.Span;
        while (!rest.IsEmpty)
        {
            Assert.True(Varint.TryRead(rest, out var length, out var used));
            Journal.Add(rest.Slice(used, (int)length).ToArray());
            rest = rest[(used + (int)length)..];
        }

        foreach (var row in turn.Rows)
        {
            var entries = new List<byte[]>();
            var reader = new PackedResultsReader(row.Packed.Span);
            while (reader.TryRead(out var entry))
            {
                entries.Add(entry.Bytes.ToArray());
            }

            Assert.True(reader.AtEnd);
            Assert.Equal(row.Runs.Sum(r => r.Count), entries.Count);
            Rows.Add(row.Sequence, ([.. row.Runs], [.. entries]));
        }

        Notices.AddRange(turn.Notices);
        Events.AddRange(turn.Events);
    }
}
