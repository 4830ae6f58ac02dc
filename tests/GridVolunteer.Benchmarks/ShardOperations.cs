using System.Buffers;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Benchmarks;

/// <summary>
/// What a shard costs for each unit, without host, storage or network: 64 volunteers take a whole shard of
/// 65,536 units through lease and report, with 64-byte results.
/// </summary>
[MemoryDiagnoser]
public class ShardOperations
{
    private const int Units = WorkGeometry.UnitsPerShard;
    private const int Volunteers = 64;
    private const int ResultSizeBytes = 64;

    private readonly Turn _turn = new();
    private readonly List<byte[]> _journal = [];
    private readonly ArrayBufferWriter<byte> _snapshot = new();
    private byte[] _results = [];
    private int _entrySizeBytes;

    /// <summary>Agreeing results that make a unit valid.</summary>
    [Params(1, 2)]
    public int Quorum { get; set; }

    /// <summary>Units of a grant.</summary>
    [Params(1, 100)]
    public int Batch { get; set; }

    /// <summary>Packs the results once, and journals one run for the replay.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(output);
        var result = new byte[ResultSizeBytes];
        for (var unit = 0; unit < Units; unit++)
        {
            BitConverter.TryWriteBytes(result, unit);
            writer.WriteInline(result);
        }

        _results = output.WrittenSpan.ToArray();
        _entrySizeBytes = _results.Length / Units;
        Run(stopAtUnits: Units, _journal.Add);
        Run(stopAtUnits: Units / 2, _ => { }).WriteSnapshot(_snapshot);
    }

    /// <summary>Every unit leased, reported, validated.</summary>
    [Benchmark(OperationsPerInvoke = Units)]
    public int LeaseAndReport() => Status(Run(Units, null)).Validated;

    /// <summary>The same from the journal, as after a restart.</summary>
    [Benchmark(OperationsPerInvoke = Units)]
    public int Replay()
    {
        var shard = new WorkShard(Plan().Shard);
        foreach (var record in _journal)
        {
            shard.Apply(record);
        }

        return Status(shard).Validated;
    }

    /// <summary>A snapshot of a shard half done, for each of its units.</summary>
    [Benchmark(OperationsPerInvoke = Units)]
    public int SnapshotRoundTrip()
    {
        var shard = new WorkShard(Plan().Shard);
        shard.ReadSnapshot(_snapshot.WrittenSpan);
        var output = new ArrayBufferWriter<byte>(_snapshot.WrittenCount);
        shard.WriteSnapshot(output);
        return output.WrittenCount;
    }

    private WorkShard Run(int stopAtUnits, Action<byte[]>? journal)
    {
        var shard = new WorkShard(Plan().Shard);
        var now = DateTimeOffset.UnixEpoch;
        _turn.Begin(now);
        shard.Open(Plan(), _turn);
        Take(journal);
        var held = new ShardGrant?[Volunteers];
        var validated = 0;
        for (var exchange = 0; validated < stopAtUnits && !shard.IsClosed; exchange++)
        {
            now += TimeSpan.FromMilliseconds(1);
            var volunteer = exchange % Volunteers;
            var lease = new LeaseRequest(
                exchange.ToString("x16", CultureInfo.InvariantCulture), Batch, TimeSpan.FromSeconds(0.01), 4,
                true);
            _turn.Begin(now);
            var answer = shard.Exchange(
                new ShardExchange(Peer(volunteer), Report(held[volunteer]), lease), _turn);
            held[volunteer] = answer.Grant;
            validated = answer.Status.Validated;
            Take(journal);
        }

        return shard;
    }

    private GrantReport[] Report(ShardGrant? grant)
    {
        if (grant is null)
        {
            return [];
        }

        // Batches are one run nearly always; a grant of several is reported in parts.
        var reports = new GrantReport[grant.Runs.Count];
        for (var i = 0; i < reports.Length; i++)
        {
            var run = grant.Runs[i];
            reports[i] = new GrantReport
            {
                Grant = grant.Grant,
                Runs = [run],
                Results = _results.AsMemory((int)run.Start * _entrySizeBytes, run.Count * _entrySizeBytes),
                ComputeSeconds = 0.01 * run.Count,
            };
        }

        return reports;
    }

    private void Take(Action<byte[]>? journal)
    {
        var rest = journal is null ? default : _turn.Journalled.Span;
        while (!rest.IsEmpty)
        {
            _ = Varint.TryRead(rest, out var length, out var used);
            journal!(rest.Slice(used, (int)length).ToArray());
            rest = rest[(used + (int)length)..];
        }
    }

    private ShardStatus Status(WorkShard shard) => shard.Status(_turn);

    private ShardPlan Plan() => new()
    {
        Shard = new ShardId(new JobId(1), 0, 0),
        UnitCount = Units,
        Quorum = Quorum,
        Agreement = AgreementRule.Exact,
        UnitTimeLimit = TimeSpan.FromHours(1),
        IsLastLevel = false,
    };

    private static PeerId Peer(int number) => new(0, (UInt128)(uint)number);
}
