using System.Buffers;
using System.Collections.Concurrent;
using GridVolunteer.Cluster.Hosting;
using GridVolunteer.Cluster.Silos;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Tests.Silos;

/// <summary>Silos in this process, whole, brokers included; what comes by HTTP is left out.</summary>
internal sealed class SiloFleet(RedisServer redis) : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-fleet-");
    private readonly List<(CoordinatorService Service, ClusterBackend Backend)> _silos = [];
    private readonly ConcurrentDictionary<PeerId, (int Request, IReadOnlyList<GrantOffer> Held)> _volunteers = [];

    public string ClusterId { get; } = SharedRedis.NewCluster();

    public int Count => _silos.Count;

    public async Task StartAsync(int silos)
    {
        while (_silos.Count < silos)
        {
            ClusterBackend? backend = null;
            var options = new SiloOptions
            {
                Redis = redis.Address,
                ClusterId = ClusterId,
                SiloPort = RedisServer.FreePort(),
            };
            var service = await CoordinatorService.StartAsync(
                new CoordinatorOptions
                {
                    DataFolder = _folder.FullName,
                    TokenFolder = null,
                    Urls = ["http://127.0.0.1:0"],
                    LogLevel = LogLevel.None,
                },
                TimeProvider.System, services => backend = ClusterBackend.Open(services, options), default);
            _silos.Add((service, backend!));
        }
    }

    public IGrid Grid(int silo) => _silos[silo].Backend.Grid;

    public SiloResidents Residents(int silo) => _silos[silo].Backend.Engine.Residents;

    public CallCounts Calls(int silo) => _silos[silo].Backend.Engine.Calls;

    /// <summary>Calls of all silos together.</summary>
    public long Sum(Func<CallCounts, long> count) => _silos.Sum(silo => count(silo.Backend.Engine.Calls));

    public async Task<JobId> SubmitAsync(int silo, long units)
    {
        var request = Guid.NewGuid().ToString("N");
        var id = await Grid(silo).Catalog.RegisterAsync(request, default);
        await Grid(silo).Job(id).CreateAsync(
            new JobSubmission
            {
                RequestId = request,
                Workload = "test",
                Package = BlobHasher.Of("package"u8),
                Parameters = System.Text.Json.JsonDocument.Parse("{}").RootElement,
                Units = units,
                MergeFanIn = 0,
                UnitSecondsEstimate = 0.001,
            },
            default);
        await _silos[silo].Service.Services.GetRequiredService<HintKeeper>().NoteJobAsync(id);
        return id;
    }

    /// <summary>A volunteer that keeps to a silo introduces itself there.</summary>
    public Task EnterAsync(int silo, PeerId peer)
    {
        _volunteers[peer] = (0, []);
        return BeatAsync(silo, peer);
    }

    /// <summary>A volunteer says that it lives, and what it holds.</summary>
    public async Task BeatAsync(int silo, PeerId peer)
    {
        await Grid(silo).Volunteer(peer).BeatAsync(
            new Heartbeat
            {
                Name = "test",
                Grants = [.. _volunteers[peer].Held.Select(offer => offer.Grant)],
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
    }

    /// <summary>Hands in what the volunteer holds and gets the next; answers the units that it then holds.</summary>
    public async Task<int> ExchangeAsync(int silo, PeerId peer, int units = 10)
    {
        var (number, held) = _volunteers[peer];
        var request = new WorkRequest
        {
            RequestId = $"{++number}",
            Reports = [.. held.Select(Computed)],
            Wanted = new WorkWanted { Seconds = 1000, UnitsMax = units },
        };
        var answer = await _silos[silo].Service.Services.GetRequiredService<Broker>().ExchangeAsync(
            peer, request, TimeSpan.Zero, default, default);
        Assert.All(answer!.Outcomes, outcome => Assert.Null(outcome.Refusal));
        _volunteers[peer] = (number, answer.Grants);
        return answer.Grants.Sum(grant => grant.Runs.Sum(run => run.Count));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (service, _) in _silos)
        {
            await service.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static GrantReport Computed(GrantOffer grant)
    {
        var packed = new ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(packed);
        for (var unit = grant.Runs.Sum(run => run.Count); unit > 0; unit--)
        {
            writer.WriteInline("result"u8);
        }

        return new GrantReport { Grant = grant.Grant, Runs = grant.Runs, Results = packed.WrittenMemory.ToArray() };
    }
}
