using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Cluster.Serialization;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace GridVolunteer.Cluster.Tests.Serialization;

/// <summary>Messages that travel packed arrive as they were sent, sound or not.</summary>
public sealed class HotMessageTests : IDisposable
{
    private static readonly PeerId Peer = new(UInt128.MaxValue, 17);
    private readonly ServiceProvider _services;
    private readonly Serializer _serializer;

    public HotMessageTests()
    {
        var services = new ServiceCollection();
        services.AddSerializer();
        ContractSerialization.Add(services);
        _services = services.BuildServiceProvider();
        _serializer = _services.GetRequiredService<Serializer>();
    }

    public void Dispose() => _services.Dispose();

    [Property]
    public Property Exchanges_ArriveAsTheyWereSent() => Prop.ForAll(
        Arb.From(Exchange()), sent => Same(sent, Travel(sent)));

    [Property]
    public Property Answers_ArriveAsTheyWereSent() => Prop.ForAll(
        Arb.From(Answer()), sent => Same(sent, Travel(sent)));

    [Fact]
    public void Results_TravelAsTheyAre()
    {
        var results = new byte[6400];
        new Random(1).NextBytes(results);
        var report = new GrantReport
        {
            Grant = new GrantId(new ShardId(new JobId(1), 0, 0), 1),
            Runs = [new UnitRun(0, 100)],
            Results = results,
        };

        Assert.InRange(_serializer.SerializeToArray(new ShardExchange(Peer, [report], null)).Length, 6400, 6500);
    }

    [Fact]
    public void AMessageCutShort_IsRefused()
    {
        var bytes = _serializer.SerializeToArray(new ShardExchange(
            Peer, [], new LeaseRequest("a request", 100, TimeSpan.FromSeconds(1), 4, true)));

        Assert.ThrowsAny<Exception>(() => _serializer.Deserialize<ShardExchange>(bytes.AsMemory(0, bytes.Length - 3)));
    }

    private T Travel<T>(T sent) => _serializer.Deserialize<T>(_serializer.SerializeToArray(sent))!;

    // The contracts' records have lists, so they are compared as the text that the other path would send.
    private static bool Same<T>(T sent, T arrived) =>
        JsonSerializer.Serialize(arrived, Json) == JsonSerializer.Serialize(sent, Json);

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static Gen<ShardExchange> Exchange() =>
        from peer in ArbMap.Default.GeneratorFor<(ulong A, ulong B)>()
        from reports in Report().ListOf()
        from lease in Gen.OneOf(Gen.Constant<LeaseRequest?>(null), Lease().Select(LeaseRequest? (l) => l))
        select new ShardExchange(new PeerId(peer.A, peer.B), [.. reports], lease);

    private static Gen<LeaseRequest> Lease() =>
        from id in Text()
        from units in Number()
        from ticks in ArbMap.Default.GeneratorFor<long>()
        from threads in Number()
        from isFree in ArbMap.Default.GeneratorFor<bool>()
        select new LeaseRequest(id, units, TimeSpan.FromTicks(ticks), threads, isFree);

    private static Gen<GrantReport> Report() =>
        from grant in Grant()
        from runs in Runs()
        from results in ArbMap.Default.GeneratorFor<byte[]>()
        from returned in Runs()
        from seconds in ArbMap.Default.GeneratorFor<double>()
        from failures in Failure().ListOf()
        select new GrantReport
        {
            Grant = grant,
            Runs = runs,
            Results = results,
            Returned = returned,
            ComputeSeconds = seconds,
            Failures = [.. failures],
        };

    private static Gen<UnitFailure> Failure() =>
        from unit in ArbMap.Default.GeneratorFor<long>()
        from kind in Gen.Elements(Enum.GetValues<UnitFailureKind>())
        from text in Text()
        select new UnitFailure(unit, kind, text);

    private static Gen<ShardAnswer> Answer() =>
        from outcomes in Outcome().ListOf()
        from grant in Gen.OneOf(Gen.Constant<ShardGrant?>(null), Granted().Select(ShardGrant? (g) => g))
        from status in Status()
        select new ShardAnswer([.. outcomes], grant, status);

    private static Gen<ReportOutcome> Outcome() =>
        from grant in Grant()
        from accepted in Number()
        from ignored in Number()
        from refusal in Gen.OneOf(Gen.Constant<string?>(null), Text().Select(string? (t) => t))
        select new ReportOutcome(grant, accepted, ignored, refusal);

    private static Gen<ShardGrant> Granted() =>
        from grant in Grant()
        from runs in Runs()
        from ticks in ArbMap.Default.GeneratorFor<long>()
        from isUrgent in ArbMap.Default.GeneratorFor<bool>()
        select new ShardGrant(grant, runs, TimeSpan.FromTicks(ticks), isUrgent);

    private static Gen<ShardStatus> Status() =>
        from n in Number().ArrayOf(8)
        from copies in ArbMap.Default.GeneratorFor<long>()
        from flags in ArbMap.Default.GeneratorFor<(bool A, bool B, bool C)>()
        from ticks in Gen.Choose(1, int.MaxValue)
        select new ShardStatus
        {
            Shard = new ShardId(new JobId(n[0]), 0, n[1]),
            UnitCount = n[2],
            Fresh = n[3],
            Running = n[4],
            Returned = n[5],
            Pending = n[6],
            Validated = n[7],
            Failed = n[0],
            Reassigned = n[1],
            CopiesWanted = copies,
            WantsSecondCopies = flags.A,
            IsClosed = flags.B,
            NextTick = flags.C ? DateTimeOffset.UnixEpoch.AddTicks(ticks) : null,
        };

    private static Gen<GrantId> Grant() =>
        from n in Number().ArrayOf(3)
        from sequence in ArbMap.Default.GeneratorFor<long>()
        select new GrantId(new ShardId(new JobId(n[0]), n[1], n[2]), sequence);

    private static Gen<UnitRun[]> Runs() =>
        (from start in ArbMap.Default.GeneratorFor<long>()
         from count in Number()
         select new UnitRun(start, count)).ArrayOf();

    private static Gen<int> Number() => Gen.OneOf(Gen.Choose(0, 100), Gen.Choose(int.MinValue, int.MaxValue));

    private static Gen<string> Text() => Gen.OneOf(
        Gen.Constant(""), Gen.Elements("ein wenig Text: äöü", "😀"), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get));
}
