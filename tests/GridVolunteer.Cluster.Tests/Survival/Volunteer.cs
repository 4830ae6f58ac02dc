using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Security;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Cluster.Tests.Survival;

/// <summary>
/// A volunteer that does not compute: it speaks the protocol, gives every unit a result of its own, and
/// remembers which were acknowledged. Whatever goes wrong it repeats the same request, as an agent does.
/// </summary>
internal sealed class Volunteer(string name, Uri coordinator) : IDisposable
{
    private const int UnitsPerLease = 10;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    private readonly AgentKey _key = AgentKey.Create();
    private readonly Lock _lock = new();
    private readonly List<(int Exchanges, TaskCompletionSource Reached)> _awaited = [];
    private WorkRequest? _pending;
    private readonly List<Repetition> _repetitions = [];
    private long _requests;
    private string _asked = "";
    private long _askedAt;
    private long _lastDone = Stopwatch.GetTimestamp();

    /// <summary>Results that were acknowledged, taken in or needed no more, by job and unit.</summary>
    public HashSet<(JobId Job, long Unit)> Acknowledged { get; } = [];

    /// <summary>Results that were acknowledged as taken in.</summary>
    public long Accepted { get; private set; }

    /// <summary>Results of reports that were acknowledged as taken in whole: of these it is known which they are.</summary>
    public List<(JobId Job, long Unit)> TakenIn { get; } = [];

    /// <summary>Exchanges that were answered.</summary>
    public int Exchanges { get; private set; }

    /// <summary>Reports of grants that were void by then: nobody took anything in.</summary>
    public int Refused { get; private set; }

    /// <summary>Requests that went wrong and were repeated, each with the reason.</summary>
    public IReadOnlyList<Repetition> Repetitions
    {
        get
        {
            lock (_lock)
            {
                return [.. _repetitions];
            }
        }
    }

    /// <summary>What went wrong last.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The longest time from one exchange that handed results in to the next, since asked last.</summary>
    public TimeSpan LongestGap { get; set; }

    public static string ResultOf(long unit) =>
        string.Create(CultureInfo.InvariantCulture, $"\"result {unit * 7919} of unit {unit}\"");

    /// <summary>Ends when results were handed in so many times more.</summary>
    public Task ExchangedAsync(int more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((Exchanges + more, reached));
        }

        return reached.Task;
    }

    /// <summary>Exchanges until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var http = CoordinatorHttp.Create(coordinator);
        using var token = new AgentToken(
            new CoordinatorClient(http, coordinator, new FixedToken(null), TimeProvider.System), _key, null,
            TimeProvider.System);
        var client = new CoordinatorClient(http, coordinator, token, TimeProvider.System);
        var beatAt = long.MinValue;
        _lastDone = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (beatAt == long.MinValue || Stopwatch.GetElapsedTime(beatAt) > BeatEvery)
                {
                    Asks("heartbeat");
                    await client.HeartbeatAsync(Introduction(), CancellationToken.None);
                    beatAt = Stopwatch.GetTimestamp();
                }

                await ExchangeAsync(client);
            }
            catch (CoordinatorProblemException e) when (e.Type == ProblemTypes.IntroduceYourself)
            {
                beatAt = long.MinValue; // Its silo went: it is to say who it is.
            }
            catch (Exception e) when (e is CoordinatorUnreachableException
                or CoordinatorProblemException { Type: ProblemTypes.Unavailable })
            {
                NoteRepetition(e);
                Trouble = e.Message;
                await Task.Delay(RetryAfter, CancellationToken.None);
            }
        }
    }

    public void Dispose() => _key.Dispose();

    private async Task ExchangeAsync(CoordinatorClient client)
    {
        _pending ??= Next([]);
        Asks($"work {_pending.RequestId}");
        var answer = await client.WorkAsync(_pending, CancellationToken.None);
        foreach (var (report, outcome) in _pending.Reports.Zip(answer.Outcomes))
        {
            if (outcome.Refusal is not null)
            {
                Refused++;
                Trouble = outcome.Refusal;
                continue;
            }

            Accepted += outcome.Accepted;
            (JobId Job, long Unit)[] units = [.. report.Runs.SelectMany(Units).Select(unit => (report.Grant.Shard.Job, unit))];
            Acknowledged.UnionWith(units);
            TakenIn.AddRange(outcome.Accepted == units.Length ? units : []);
        }

        if (_pending.Reports.Count > 0)
        {
            var gap = Stopwatch.GetElapsedTime(_lastDone);
            LongestGap = gap > LongestGap ? gap : LongestGap;
            _lastDone = Stopwatch.GetTimestamp();
            Count();
        }

        _pending = Next([.. answer.Grants.Select(Report)]);
    }

    private void Asks(string what) => (_asked, _askedAt) = (what, Stopwatch.GetTimestamp());

    private void NoteRepetition(Exception reason)
    {
        var repetition = new Repetition(
            name, _asked, TimeProvider.System.GetUtcNow(), Stopwatch.GetElapsedTime(_askedAt), reason);
        lock (_lock)
        {
            _repetitions.Add(repetition);
        }
    }

    private void Count()
    {
        lock (_lock)
        {
            Exchanges++;
            foreach (var (_, reached) in _awaited.Where(awaited => awaited.Exchanges <= Exchanges))
            {
                reached.SetResult();
            }

            _awaited.RemoveAll(awaited => awaited.Exchanges <= Exchanges);
        }
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
        Grants = [.. (_pending?.Reports ?? []).Select(report => report.Grant)],
    };

    private static GrantReport Report(GrantOffer offer)
    {
        var results = new ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(results);
        foreach (var unit in offer.Runs.SelectMany(Units))
        {
            writer.WriteInline(Encoding.UTF8.GetBytes(ResultOf(unit)));
        }

        return new GrantReport
        {
            Grant = offer.Grant,
            Runs = offer.Runs,
            Results = results.WrittenMemory,
            ComputeSeconds = 0.04,
        };
    }

    private static IEnumerable<long> Units(UnitRun run) =>
        Enumerable.Range(0, run.Count).Select(i => run.Start + i);
}
