using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Tests.Conformance;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridVolunteer.Coordinator.Tests.Engine;

public sealed class VolunteerHostTests
{
    private static readonly ShardId Shard = new(new JobId(1), 0, 0);
    private static readonly GrantId Grant = new(Shard, 1);

    private readonly HostRig _rig = new(new JournalFake());
    private readonly ShardFake _shard = new();
    private readonly VolunteerHost _host;

    public VolunteerHostTests()
    {
        var services = new EntityHostServices
        {
            Journal = new JournalFake(),
            Events = _rig,
            Outbox = _rig,
            Ticks = _rig,
            Clock = _rig.Clock,
            Logger = NullLogger.Instance,
        };
        _host = new VolunteerHost(GridRig.Ann, new VolunteerOptions(), _shard, services);
    }

    [Fact]
    public async Task Silence_ThatTheShardCannotBeToldOf_IsToldLater()
    {
        await BeatAsync();
        _rig.Clock.Advance(TimeSpan.FromSeconds(60));
        _shard.Fails = true;
        await _host.TickAsync(default);
        Assert.Equal(0, _shard.Losses);
        var again = _host.NextTick!.Value;
        Assert.True(again > _rig.Clock.GetUtcNow());
        Assert.Equal(again, _rig.TicksWanted.Last());

        _shard.Fails = false;
        _rig.Clock.SetUtcNow(again);
        await _host.TickAsync(default);
        Assert.Equal(1, _shard.Losses);
        Assert.Null(_host.NextTick);
    }

    [Fact]
    public async Task AHeartbeat_IsAnsweredWithWhatTheShardsCallVoid()
    {
        _shard.Void = [Grant.Sequence];
        Assert.Equal([Grant], (await BeatAsync()).Void);
        _shard.Fails = true;
        Assert.Empty((await BeatAsync()).Void);
    }

    [Fact]
    public async Task AChangeOfState_IsPublished()
    {
        await BeatAsync();
        _rig.Clock.Advance(TimeSpan.FromSeconds(60));
        await _host.TickAsync(default);
        Assert.Equal(["alive", "silent"], _rig.Said);
    }

    private ValueTask<HeartbeatAnswer> BeatAsync() => _host.BeatAsync(
        new Heartbeat
        {
            Name = "ann",
            Grants = [Grant],
            Host = new HostFacts
            {
                OperatingSystem = "linux",
                Architecture = "x64",
                Threads = 1,
                MemoryBytes = 1,
                DiskBytes = 1,
            },
        },
        default);

    /// <summary>A grid of one shard, which can be out of reach.</summary>
    private sealed class ShardFake : IGrid, IWorkShard
    {
        public bool Fails { get; set; }

        public IReadOnlyList<long> Void { get; set; } = [];

        public int Losses { get; private set; }

        public ICatalog Catalog => throw new NotSupportedException();

        public IJob Job(JobId id) => throw new NotSupportedException();

        public IWorkShard Shard(ShardId id) => this;

        public IVolunteer Volunteer(PeerId id) => throw new NotSupportedException();

        public async ValueTask<ShardStatus> LoseAsync(
            PeerId volunteer, LossReason reason, CancellationToken cancellationToken)
        {
            await ReachAsync();
            Losses++;
            return null!;
        }

        public async ValueTask<ReconcileAnswer> ReconcileAsync(
            PeerId volunteer,
            IReadOnlyList<long> held,
            IReadOnlyList<long> dropped,
            CancellationToken cancellationToken)
        {
            await ReachAsync();
            return new ReconcileAnswer(Void, []);
        }

        public ValueTask<ShardStatus> OpenAsync(ShardPlan plan, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<ShardAnswer> ExchangeAsync(
            ShardExchange exchange, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<ShardStatus> TickAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<ShardStatus> StatusAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<CanonicalRun>> CanonicalAsync(
            UnitRun range, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<UnitRun>> FailedAsync(
            UnitRun range, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<FailedUnit>> FailuresAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask EndAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        private ValueTask ReachAsync() =>
            Fails ? throw new StorageUnavailableException("The disk is away.") : ValueTask.CompletedTask;
    }
}
