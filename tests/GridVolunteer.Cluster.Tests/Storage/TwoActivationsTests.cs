using System.Buffers;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Cluster.Tests.Storage;

/// <summary>
/// Two mailboxes before one shard, as when a silo froze, was voted out, and comes back: the older one must not answer
/// from what it last knew, not even what it stores nothing for.
/// </summary>
public sealed class TwoActivationsTests(SharedRedis shared) : IClassFixture<SharedRedis>, IDisposable
{
    private static readonly PeerId Ann = new(1, 1);
    private static readonly PeerId Bob = new(2, 2);

    private readonly JournalFolder? _folder =
        RedisServer.Missing is null ? new JournalFolder(shared.Connection, SharedRedis.NewCluster()) : null;

    private int _superseded;

    [FactWithRedis]
    public async Task AReport_OfAGrantThatALaterActivationGave_IsNotRefusedByTheOlderOne()
    {
        var (older, later) = (Activation(), Activation());
        await OpenAsync(older, units: 40);
        Assert.NotNull((await ExchangeAsync(older, Ann, 10)).Grant);
        var grant = (await ExchangeAsync(later, Bob, 10)).Grant!;

        // To the older one this grant was never given. It says so to nobody, and lets go.
        await Assert.ThrowsAsync<EntityMovedException>(
            () => ExchangeAsync(older, Bob, 0, Computed(grant)));
        Assert.Equal(1, _superseded);

        // Repeated, as volunteers do: it knows by now what there is, and takes over.
        var outcome = Assert.Single((await ExchangeAsync(older, Bob, 0, Computed(grant))).Outcomes);
        Assert.Equal((null, 10), (outcome.Refusal, outcome.Accepted));
    }

    [FactWithRedis]
    public async Task AnOlderActivation_DoesNotSayThatThereIsNoWork()
    {
        var (older, later) = (Activation(), Activation());
        await OpenAsync(older, units: 10);
        Assert.NotNull((await ExchangeAsync(older, Ann, 10)).Grant);
        Assert.Null((await ExchangeAsync(older, Bob, 10)).Grant);
        await later.AskAsync(static (shard, turn) => shard.Lose(Ann, LossReason.Goodbye, turn), default);

        await Assert.ThrowsAsync<EntityMovedException>(() => ExchangeAsync(older, Bob, 10));
        Assert.NotNull((await ExchangeAsync(older, Bob, 10)).Grant);
    }

    [FactWithRedis]
    public async Task AnOlderActivation_DoesNotVoidGrants_NorSayHowThingsStand()
    {
        var (older, later) = (Activation(), Activation());
        await OpenAsync(older, units: 40);
        var grant = (await ExchangeAsync(later, Bob, 10)).Grant!.Grant;
        await Assert.ThrowsAsync<EntityMovedException>(async () => await older.AskAsync(
            (shard, turn) => shard.Reconcile(Bob, [grant.Sequence], [], turn), default));

        // It knows now, and took over; so the other one is the older.
        await Assert.ThrowsAsync<EntityMovedException>(async () =>
        {
            var answer = await older.AskAsync((shard, turn) => shard.Reconcile(Bob, [grant.Sequence], [], turn), default);
            Assert.Empty(answer.Void);
            await later.AskAsync(static (shard, turn) => shard.Status(turn), default);
        });
    }

    public void Dispose() => _folder?.Dispose();

    private static async Task OpenAsync(EntityHost<WorkShard> shard, int units) => await shard.AskAsync(
        new ShardPlan
        {
            Shard = JournalFolder.Shard,
            UnitCount = units,
            Quorum = 1,
            Agreement = AgreementRule.Exact,
            UnitTimeLimit = TimeSpan.FromHours(1),
            IsLastLevel = false,
        },
        static (shard, plan, turn) => shard.Open(plan, turn), default);

    private static Task<ShardAnswer> ExchangeAsync(
        EntityHost<WorkShard> shard, PeerId volunteer, int units, params GrantReport[] reports)
    {
        var lease = units == 0 ? null : new LeaseRequest("r", units, TimeSpan.FromSeconds(1), 1, false);
        return shard.AskAsync(
            new ShardExchange(volunteer, reports, lease),
            static (shard, exchange, turn) => shard.Exchange(exchange, turn), default).AsTask();
    }

    private static GrantReport Computed(ShardGrant grant)
    {
        var packed = new ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(packed);
        for (var unit = grant.Runs.Sum(run => run.Count); unit > 0; unit--)
        {
            writer.WriteInline("result"u8);
        }

        return new GrantReport { Grant = grant.Grant, Runs = grant.Runs, Results = packed.WrittenMemory.ToArray() };
    }

    private EntityHost<WorkShard> Activation() => new(
        JournalFolder.Key, () => new WorkShard(JournalFolder.Shard), Unheard.Services(_folder!.Open().Journal),
        superseded: () => _superseded++);
}
