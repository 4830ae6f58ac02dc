using System.Collections.Concurrent;
using System.Text.Json;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Tests.Storage;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Engine;

/// <summary>An embedded grid on SQLite with a clock that tests move, restarted at will.</summary>
internal sealed class GridRig : IEventSink, IBrokerFeed, IAsyncDisposable
{
    public static readonly PeerId Ann = new(0, 1);
    public static readonly PeerId Bob = new(0, 2);

    private readonly StorageFolder _folder = new();
    private readonly EmbeddedGridOptions _options;
    private StorageFolder.Session? _session;

    public GridRig(EmbeddedGridOptions? options = null) => _options = options ?? new EmbeddedGridOptions();

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56)) { };

    public EmbeddedGrid Grid { get; private set; } = null!;

    public ResultReader Results { get; private set; } = null!;

    public ConcurrentQueue<GridEvent> Events { get; } = [];

    public ConcurrentDictionary<JobId, JobState> States { get; } = [];

    public ConcurrentQueue<ShardId> Appeared { get; } = [];

    public static async Task<GridRig> StartAsync(EmbeddedGridOptions? options = null)
    {
        var rig = new GridRig(options);
        await rig.StartAsync();
        return rig;
    }

    public async Task StartAsync()
    {
        _session = _folder.Open();
        Grid = new EmbeddedGrid(
            _session.Storage, this, this, _options, Clock, NullLogger<EmbeddedGrid>.Instance);
        Results = new ResultReader(Grid, _session.Storage);
        await Grid.StartAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        await Grid.StopAsync(CancellationToken.None);
        Grid.Dispose();
        await _session!.DisposeAsync();
        _session = null;
    }

    public async Task<JobId> SubmitAsync(long units, int fanIn = 0, int quorum = 1)
    {
        var request = Guid.NewGuid().ToString("N");
        var id = await Grid.Catalog.RegisterAsync(request, default);
        await Grid.Job(id).CreateAsync(
            new JobSubmission
            {
                RequestId = request,
                Workload = "test",
                Package = BlobHasher.Of("package"u8),
                Parameters = JsonDocument.Parse("{}").RootElement,
                Units = units,
                MergeFanIn = fanIn,
                Quorum = quorum,
            },
            default);
        return id;
    }

    public ValueTask<ShardAnswer> ExchangeAsync(
        ShardId shard, PeerId peer, int units, params GrantReport[] reports) =>
        Grid.Shard(shard).ExchangeAsync(
            new ShardExchange(peer, reports, units == 0 ? null : new LeaseRequest(
                Guid.NewGuid().ToString("N"), units, TimeSpan.FromSeconds(1), 1, false)),
            default);

    public ValueTask<HeartbeatAnswer> BeatAsync(PeerId peer, params GrantId[] held) =>
        Grid.Volunteer(peer).BeatAsync(
        new Heartbeat
        {
            Name = "test",
            Grants = held,
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

    /// <summary>What a volunteer reports that computes each unit as its index in text.</summary>
    public static GrantReport Computed(ShardGrant grant)
    {
        var packed = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(packed);
        foreach (
            var unit in grant.Runs.SelectMany(r => Enumerable.Range(0, r.Count).Select(i => r.Start + i)))
        {
            writer.WriteInline(System.Text.Encoding.UTF8.GetBytes($"result {unit}"));
        }

        return new GrantReport { Grant = grant.Grant, Runs = grant.Runs, Results = packed.WrittenMemory.ToArray() };
    }

    /// <summary>
    /// Moves the clock in steps of 100 ms, letting the grid come to rest after each, until something holds.
    /// </summary>
    public async Task UntilAsync(Func<ValueTask<bool>> holds)
    {
        await RestAsync();
        for (var step = 0; step < 36_000; step++)
        {
            if (await holds())
            {
                return;
            }

            var rounds = Grid.TimerRounds;
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            while (Grid.TimerRounds == rounds)
            {
                await Task.Yield();
            }

            await RestAsync();
        }

        Assert.Fail("It did not come true within an hour of the test's clock.");
    }

    public Task UntilAsync(Func<bool> holds) => UntilAsync(() => new ValueTask<bool>(holds()));

    private async Task RestAsync()
    {
        while (Grid.HasNotices)
        {
            await Task.Yield();
        }
    }

    public void Publish(IReadOnlyList<GridEvent> events)
    {
        foreach (var e in events)
        {
            Events.Enqueue(e);
        }
    }

    public void JobChanged(JobId job, JobState state) => States[job] = state;

    public void WorkAppeared(ShardId shard) => Appeared.Enqueue(shard);

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            await StopAsync();
        }

        _folder.Dispose();
    }
}
