using System.Text;
using GridVolunteer.Agent.Blobs;
using GridVolunteer.Agent.Link;
using GridVolunteer.Agent.Results;
using GridVolunteer.Agent.Tests.Link;
using GridVolunteer.Agent.Tests.Workloads;
using GridVolunteer.Agent.Work;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Agent.Tests.Work;

/// <summary>A ledger on disk beside a coordinator that is made up; the ledger can be killed and opened again.</summary>
internal sealed class LedgerBench : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http;

    public LedgerBench()
    {
        foreach (var name in new[] { "spool", "checkpoints", "results", "cache", "worker" })
        {
            Directory.CreateDirectory(_folder[name]);
        }

        Coordinator = new FakeCoordinator();
        _http = new HttpClient(Coordinator) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new CoordinatorClient(_http, new Uri("http://127.0.0.1:1"), new FixedToken("t"), Time);
        Link = new CoordinatorLink(client, Time, NullLogger.Instance);
        Ledger = Open();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeCoordinator Coordinator { get; }

    public CoordinatorLink Link { get; }

    public WorkLedger Ledger { get; private set; }

    public ResultBlobs Blobs { get; private set; } = null!;

    /// <summary>Everything that was ever received.</summary>
    public List<GrantOffer> Granted { get; } = [];

    public string WorkerFolder => _folder["worker"];

    public static GrantId Grant(long sequence) => new(new ShardId(new JobId(1), 0, 0), sequence);

    public static GrantOffer Offer(long sequence, long first, int units) =>
        new() { Grant = Grant(sequence), Runs = [new UnitRun(first, units)], DeadlineSeconds = 60 };

    /// <summary>Opens the same files again, as the next agent does after this one was killed.</summary>
    public void Restart()
    {
        Ledger.Dispose();
        Ledger = Open();
    }

    /// <summary>Grants of the coordinator reach the agent, whose files for the job are here.</summary>
    public void Receive(params GrantOffer[] offers)
    {
        Ledger.Answered(
            new ExchangePlan(null, new WorkWanted { Seconds = 1 }, null),
            new WorkAnswer { RequestId = "r", Grants = offers });
        Granted.AddRange(offers);
        Ledger.Ready(new JobId(1));
    }

    /// <summary>Computes the next batch, if any; a unit's result is its index.</summary>
    public UnitBatch? Compute()
    {
        if (Ledger.Take(null, urgentOnly: false) is not { } batch)
        {
            return null;
        }

        var outcomes = Enumerable.Range(0, batch.Count)
            .Select(i => UnitOutcome.Small(Encoding.ASCII.GetBytes($"{batch.UnitAt(i)}"))).ToList();
        Ledger.Finished(batch, 0, new ResultsMessage(batch.Id, 0.001 * batch.Count, outcomes), WorkerFolder);
        return batch;
    }

    public void ComputeAll()
    {
        while (Compute() is not null)
        {
        }
    }

    public void Dispose()
    {
        Ledger.Dispose();
        _http.Dispose();
        Coordinator.Dispose();
        _folder.Dispose();
    }

    private WorkLedger Open()
    {
        var cache = new BlobCache(_folder["cache"], 1 << 20, (_, _, _) => throw new InvalidOperationException("No fetch."));
        Blobs = new ResultBlobs(_folder["results"], Link, cache);
        return new WorkLedger(
            new BufferPolicy { Threads = 1 }, WorkSpool.Open(_folder["spool"]), new CheckpointStore(_folder["checkpoints"]),
            Blobs, Time, NullLogger.Instance);
    }
}
