using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Security;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.EndToEnd.Tests.Running;

/// <summary>
/// A volunteer that does not compute: it speaks the protocol, gives every unit a result of its own, and
/// remembers which were acknowledged. A request whose answer was lost with the coordinator is repeated under
/// its id.
/// </summary>
public sealed class LoadVolunteer(string name) : IDisposable
{
    private const int UnitsPerLease = 50;

    private readonly AgentKey _key = AgentKey.Create();
    private WorkRequest? _pending;
    private long _requests;
    private int _exchanges;

    /// <summary>Results that were acknowledged, as JSON by unit.</summary>
    public Dictionary<long, string> Acknowledged { get; } = [];

    /// <summary>Exchanges that were answered.</summary>
    public int Exchanges => Volatile.Read(ref _exchanges);

    /// <summary>Submits a job by count that does not merge; its package is never looked at.</summary>
    public static async Task<JobId> SubmitAsync(CoordinatorClient client, long units)
    {
        var bytes = "A package that nobody opens."u8.ToArray();
        var blob = BlobHasher.Of(bytes);
        await client.UploadBlobAsync(blob, () => new MemoryStream(bytes), CancellationToken.None);
        var submission = new JobSubmission
        {
            RequestId = "load",
            Workload = "Load",
            Package = blob,
            Parameters = JsonElement.Parse("{}"),
            Units = units,
            MergeFanIn = 0,
            UnitSecondsEstimate = 0.001,
        };
        return (await client.SubmitAsync(submission, CancellationToken.None)).JobId;
    }

    /// <summary>Exchanges until <paramref name="stop"/>; a coordinator that dies ends it too.</summary>
    public async Task RunAsync(Uri coordinator, CancellationToken stop)
    {
        using var http = CoordinatorHttp.Create(coordinator);
        using var token = new AgentToken(
            new CoordinatorClient(http, coordinator, new FixedToken(null), TimeProvider.System), _key, null,
            TimeProvider.System);
        var client = new CoordinatorClient(http, coordinator, token, TimeProvider.System);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await ExchangeAsync(client, stop);
            }
        }
        catch (Exception e) when (e is CoordinatorUnreachableException or OperationCanceledException)
        {
            // Killed: what was pending goes again, to its successor.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string ResultOf(long unit) =>
        string.Create(CultureInfo.InvariantCulture, $"\"result {unit * 7919} of unit {unit}\"");

    private async Task ExchangeAsync(CoordinatorClient client, CancellationToken stop)
    {
        _pending ??= Next([]);
        WorkAnswer answer;
        try
        {
            answer = await client.WorkAsync(_pending, stop);
        }
        catch (CoordinatorProblemException e) when (e.Type == ProblemTypes.IntroduceYourself)
        {
            await client.HeartbeatAsync(Introduction(), stop);
            return;
        }

        foreach (var (report, outcome) in _pending.Reports.Zip(answer.Outcomes))
        {
            Assert.True(outcome.Refusal is null, outcome.Refusal);
            foreach (var unit in report.Runs.SelectMany(Units))
            {
                Acknowledged[unit] = ResultOf(unit);
            }
        }

        _pending = Next([.. answer.Grants.Select(Report)]);
        Interlocked.Increment(ref _exchanges);
    }

    private WorkRequest Next(IReadOnlyList<GrantReport> reports) => new()
    {
        RequestId = $"{name}-{++_requests}",
        Reports = reports,
        Wanted = new WorkWanted { Seconds = 1, UnitsMax = UnitsPerLease },
    };

    private Heartbeat Introduction() => new()
    {
        Name = name,
        Host = new HostFacts
        {
            OperatingSystem = "linux",
            Architecture = "x64",
            Threads = 1,
            MemoryBytes = 1L << 30,
            DiskBytes = 1L << 30,
        },
        Grants = [.. _pending!.Reports.Select(report => report.Grant)],
    };

    private static GrantReport Report(GrantOffer offer)
    {
        var results = new ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(results);
        foreach (var unit in offer.Runs.SelectMany(Units))
        {
            writer.WriteInline(Encoding.UTF8.GetBytes(ResultOf(unit)));
        }

        return new GrantReport { Grant = offer.Grant, Runs = offer.Runs, Results = results.WrittenMemory, ComputeSeconds = 0.05 };
    }

    private static IEnumerable<long> Units(UnitRun run) =>
        Enumerable.Range(0, run.Count).Select(i => run.Start + i);
}
