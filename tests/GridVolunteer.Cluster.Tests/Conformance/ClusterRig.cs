using System.Runtime.CompilerServices;
using GridVolunteer.Cluster.Hosting;
using GridVolunteer.Cluster.Storage;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Coordinator.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Tests.Conformance;

/// <summary>Two silos in this process on a real Redis; each call goes to one of them in turn.</summary>
internal sealed class ClusterRig(RedisServer redis, VolunteerOptions volunteers) : GridRig
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-cluster-");
    private readonly List<ClusterBackend> _silos = [];
    private int _calls;

    public string ClusterId { get; } = SharedRedis.NewCluster();

    public override IGrid Grid => Next().Grid;

    public override IVolunteerRoster Volunteers => Next().Volunteers;

    protected override IResultStore Rows => _silos[1].Results;

    protected override IReadOnlyList<long> TimerRounds => [.. _silos.Select(silo => silo.Engine.Engine.TimerRounds)];

    protected override bool HasNotices => _silos.Any(silo => silo.Engine.Engine.HasNotices);

    /// <summary>The grid as one of the silos sees it.</summary>
    public IGrid GridOf(int silo) => _silos[silo].Grid;

    /// <summary>The journal as a further silo would have it.</summary>
    public RedisJournal JournalOf(IConnectionMultiplexer connection)
    {
        var folder = new EntityFolder(_folder.FullName);
        return new RedisJournal(
            connection.GetDatabase(), ClusterId, new SharedRows(folder), new ClosedEntities(folder), NullLogger.Instance);
    }

    /// <summary>A silo goes, and what lives there only in memory with it.</summary>
    public async Task LoseAsync(int silo)
    {
        var lost = _silos[silo];
        _silos.RemoveAt(silo);
        await lost.DisposeAsync();
    }

    /// <summary>Has all silos let go of grains that nobody asks at this moment, as they do after some idle minutes.</summary>
    public Task CollectIdleAsync() => HostOf(_silos[0]).Services.GetRequiredService<IGrainFactory>()
        .GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    protected override async Task OpenAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var silo = ClusterBackend.Open(
                new BackendServices(
                    new CoordinatorOptions
                    {
                        DataFolder = _folder.FullName,
                        HeartbeatInterval = volunteers.HeartbeatInterval,
                        HeartbeatLimit = volunteers.HeartbeatLimit,
                    },
                    this, new EventRing(Clock.GetUtcNow()), this, Clock, NullLoggerFactory.Instance),
                new SiloOptions { Redis = redis.Address, ClusterId = ClusterId, SiloPort = RedisServer.FreePort() });
            _silos.Add(silo);
            await silo.StartAsync(CancellationToken.None);
        }

        foreach (var job in await Grid.Catalog.ActiveAsync(default))
        {
            // As the broker of each silo does when it starts.
            await Grid.Job(job).SnapshotAsync(default);
        }
    }

    protected override async Task CloseAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _silos.Clear();
    }

    protected override ValueTask RemoveAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_host")]
    private static extern ref IHost HostOf(ClusterBackend silo);

    private ClusterBackend Next() => _silos[Interlocked.Increment(ref _calls) % _silos.Count];
}
