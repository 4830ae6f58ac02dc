using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Security;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// A volunteer that does not compute: it has a key and a token, beats, and hands in what it was granted at
/// once, asking for more in the same exchange.
/// </summary>
public sealed class LoadVolunteer : IDisposable
{
    private const double SecondsPerUnit = 0.001;

    private readonly int _number;
    private readonly Uri _coordinator;
    private readonly LoadOptions _options;
    private readonly LoadCounters _counters;
    private readonly HttpClient _http;
    private readonly AgentKey _key = AgentKey.Create();
    private readonly AgentToken _tokens;
    private readonly CoordinatorClient _client;
    private readonly ArrayBufferWriter<byte> _body = new(32 * 1024);
    private readonly ArrayBufferWriter<byte> _results = new(16 * 1024);
    private volatile Holding _holding = new([], null);
    private long _exchange;

    /// <summary>
    /// Volunteer <paramref name="number"/> of a load; it shares <paramref name="http"/> for all but
    /// exchanges.
    /// </summary>
    public LoadVolunteer(
        int number, Uri coordinator, HttpClient http, LoadOptions options, LoadCounters counters)
    {
        _number = number;
        _coordinator = coordinator;
        _options = options;
        _counters = counters;
        _http = http;
        _tokens = new AgentToken(
            new CoordinatorClient(http, coordinator, new FixedToken(null), TimeProvider.System), _key, null,
            TimeProvider.System);
        _client = new CoordinatorClient(_http, coordinator, _tokens, TimeProvider.System);
    }

    /// <summary>Introduces itself, and answers the interval at which it must beat.</summary>
    public async Task<TimeSpan> EnrolAsync(CancellationToken cancellationToken) => TimeSpan.FromSeconds(
        (await _client.HeartbeatAsync(Heartbeat(), cancellationToken)).IntervalSeconds);

    /// <summary>Beats until cancelled.</summary>
    public async Task BeatAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await _client.HeartbeatAsync(Heartbeat(), cancellationToken);
        }
    }

    /// <summary>Exchanges until cancelled.</summary>
    public async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(null, cancellationToken);
        using var connection = new WorkConnection(_coordinator, ApiRoutes.Work, token!);
        await connection.ConnectAsync(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            var held = _holding.Grants;
            var request = Request(held);
            Write(request);
            var began = Stopwatch.GetTimestamp();
            var (status, body) = await connection.PostAsync(_body.WrittenMemory, cancellationToken);
            if (status != 200)
            {
                throw new InvalidOperationException(
                    $"An exchange was answered {status}: {System.Text.Encoding.UTF8.GetString(body.Span)}");
            }

            var answer = JsonSerializer.Deserialize(body.Span, ProtocolJson.Default.WorkAnswer)!;
            _counters.OnAnswered(Stopwatch.GetElapsedTime(began), held.Count > 0, answer.Grants.Count > 0);
            Note(held, answer);
            _holding = new Holding(answer.Grants, request.RequestId);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _key.Dispose();
    }

    private Heartbeat Heartbeat()
    {
        var holding = _holding;
        return new Heartbeat
        {
            Name = $"load-{_number}",
            Host = new HostFacts
            {
                OperatingSystem = "linux",
                Architecture = "x64",
                Threads = 1,
                MemoryBytes = 1L << 30,
                DiskBytes = 1L << 30,
            },
            Grants = [.. holding.Grants.Select(g => g.Grant)],
            LastRequestId = holding.RequestId,
        };
    }

    private WorkRequest Request(IReadOnlyList<GrantOffer> held)
    {
        // Written to one buffer, one report behind the other: the reports borrow slices of it.
        _results.ResetWrittenCount();
        var ends = held.Select(WriteResults).ToArray();
        return new WorkRequest
        {
            RequestId = (++_exchange).ToString(CultureInfo.InvariantCulture),
            Reports =
            [
                .. held.Select((grant, i) => new GrantReport
                {
                    Grant = grant.Grant,
                    Runs = grant.Runs,
                    Results = _results.WrittenMemory[(i == 0 ? 0 : ends[i - 1])..ends[i]],
                    ComputeSeconds = SecondsPerUnit * grant.Runs.Sum(r => r.Count),
                }),
            ],
            Wanted = new WorkWanted
            {
                Seconds = SecondsPerUnit * 1000 * _options.Batch,
                UnitsMax = _options.Batch,
            },
            WaitSeconds = 5,
        };
    }

    private int WriteResults(GrantOffer grant)
    {
        var writer = new PackedResultsWriter(_results);
        Span<byte> result = stackalloc byte[ExpectedResult.SizeBytes];
        foreach (var run in grant.Runs)
        {
            for (var unit = run.Start; unit < run.End; unit++)
            {
                ExpectedResult.Write(grant.Grant.Shard.Job, unit, result);
                writer.WriteInline(result);
            }
        }

        return _results.WrittenCount;
    }

    private void Write(WorkRequest request)
    {
        _body.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_body, new JsonWriterOptions { SkipValidation = true });
        JsonSerializer.Serialize(writer, request, ProtocolJson.Default.WorkRequest);
    }

    private void Note(IReadOnlyList<GrantOffer> reported, WorkAnswer answer)
    {
        for (var i = 0; i < reported.Count; i++)
        {
            var outcome = answer.Outcomes[i];
            if (outcome.Refusal is { } refusal)
            {
                throw new InvalidOperationException($"Grant {outcome.Grant} was refused: {refusal}");
            }

            if (outcome.Ignored > 0)
            {
                // Which of them were needed is not said, so none counts as acknowledged.
                _counters.OnIgnored(outcome.Ignored);
                continue;
            }

            var job = _counters.Acknowledged[reported[i].Grant.Shard.Job];
            foreach (var run in reported[i].Runs)
            {
                job.Add(run);
            }
        }
    }

    private sealed record Holding(IReadOnlyList<GrantOffer> Grants, string? RequestId);
}
