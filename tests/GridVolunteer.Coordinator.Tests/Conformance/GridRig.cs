using System.Collections.Concurrent;
using System.Text.Json;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Conformance;

/// <summary>
/// A grid with a clock that tests move, restarted at will; which engine it runs on, the rig that derives from
/// this says.
/// </summary>
public abstract class GridRig : IEventSink, IBrokerFeed, IAsyncDisposable
{
    public static readonly PeerId Ann = new(0, 1);
    public static readonly PeerId Bob = new(0, 2);

    private bool _isOpen;

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    public abstract IGrid Grid { get; }

    public abstract IVolunteerRoster Volunteers { get; }

    public ResultReader Results { get; private set; } = null!;

    public ConcurrentQueue<GridEvent> Events { get; } = [];

    public ConcurrentQueue<ShardId> Appeared { get; } = [];

    protected abstract IResultStore Rows { get; }

    /// <summary>Each engine's rounds of its timer.</summary>
    protected abstract IReadOnlyList<long> TimerRounds { get; }

    protected abstract bool HasNotices { get; }

    public async Task StartAsync()
    {
        await OpenAsync();
        _isOpen = true;
        Results = new ResultReader(Grid, Rows);
    }

    public async Task StopAsync()
    {
        _isOpen = false;
        await CloseAsync();
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
        BeatAsync(Grid, peer, held);

    /// <summary>As the other one, where the caller says.</summary>
    public static ValueTask<HeartbeatAnswer> BeatAsync(IGrid grid, PeerId peer, params GrantId[] held) =>
        grid.Volunteer(peer).BeatAsync(
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

            var before = TimerRounds;
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            while (TimerRounds.Zip(before).Any(rounds => rounds.First == rounds.Second))
            {
                await Task.Yield();
            }

            await RestAsync();
        }

        Assert.Fail("It did not come true within an hour of the test's clock.");
    }

    public Task UntilAsync(JobId job, JobState state) => UntilAsync(
        async () => (await Grid.Job(job).SnapshotAsync(CancellationToken.None))?.State == state);

    public Task UntilAsync(Func<bool> holds) => UntilAsync(() => new ValueTask<bool>(holds()));

    private async Task RestAsync()
    {
        while (HasNotices)
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

    public void JobChanged(JobId job)
    {
        // Asked, not told: UntilAsync(job, state).
    }

    public void WorkAppeared(ShardId shard) => Appeared.Enqueue(shard);

    public async ValueTask DisposeAsync()
    {
        if (_isOpen)
        {
            await StopAsync();
        }

        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task OpenAsync();

    protected abstract Task CloseAsync();

    protected abstract ValueTask RemoveAsync();
}
