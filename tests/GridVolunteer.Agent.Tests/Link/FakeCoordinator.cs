using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Tests.Link;

/// <summary>
/// A coordinator without a network: hands out what a test puts in, keeps what it is told, answers a repeated request as
/// before, and can be away or forgetful.
/// </summary>
internal sealed class FakeCoordinator : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Queue<GrantOffer> _offers = new();
    private readonly Dictionary<string, WorkAnswer> _answers = [];
    private readonly Channel<WorkRequest> _seen = Channel.CreateUnbounded<WorkRequest>();

    /// <summary>Every exchange that arrived, in order; a test waits here.</summary>
    public Task<WorkRequest> NextRequest() =>
        _seen.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Whether it does not answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it wants to be introduced.</summary>
    public bool HasForgotten { get; set; }

    /// <summary>What it refuses exchanges with, once.</summary>
    public (HttpStatusCode Status, string Type)? Refusal { get; set; }

    /// <summary>Reports taken in.</summary>
    public List<GrantReport> Reports { get; } = [];

    /// <summary>Blobs uploaded.</summary>
    public Dictionary<BlobId, byte[]> Blobs { get; } = [];

    /// <summary>Heartbeats heard.</summary>
    public List<Heartbeat> Beats { get; } = [];

    /// <summary>Set before a poll: it is granted this, and the agent breaks off before it hears of it.</summary>
    public GrantOffer? GrantedUnheard { get; set; }

    /// <summary>How many requests were turned away because it is away.</summary>
    public int Misses { get; private set; }

    /// <summary>Units reported computed, in order of arrival.</summary>
    public IEnumerable<long> UnitsReported =>
        Reports.SelectMany(r => r.Runs).SelectMany(Peer.Buffering.UnitRuns.UnitsOf);

    public void Grant(GrantOffer offer)
    {
        lock (_gate)
        {
            _offers.Enqueue(offer);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            Misses++;
            throw new HttpRequestException("Connection refused");
        }

        var path = request.RequestUri!.AbsolutePath;
        return path switch
        {
            ApiRoutes.Work => await ExchangeAsync(await ReadAsync(request, ProtocolJson.Default.WorkRequest), cancellationToken),
            ApiRoutes.Heartbeat => Beat(await ReadAsync(request, ProtocolJson.Default.Heartbeat)),
            ApiRoutes.MissingBlobs => Missing(await ReadAsync(request, ProtocolJson.Default.MissingRequest)),
            _ when request.Method == HttpMethod.Put => await PutAsync(request, cancellationToken),
            _ => throw new HttpRequestException($"Nobody expected {request.Method} {path}."),
        };
    }

    private async Task<HttpResponseMessage> ExchangeAsync(WorkRequest request, CancellationToken cancellation)
    {
        _seen.Writer.TryWrite(request);
        if (HasForgotten)
        {
            return Problem(HttpStatusCode.Conflict, ProblemTypes.IntroduceYourself);
        }

        if (Refusal is { } refusal)
        {
            Refusal = null;
            return Problem(refusal.Status, refusal.Type);
        }

        if (_answers.TryGetValue(request.RequestId, out var before))
        {
            return Json(before, ProtocolJson.Default.WorkAnswer);
        }

        var answer = Answer(request);
        if (request.WaitSeconds > 0 && answer.Grants.Count == 0)
        {
            var never = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var gone = cancellation.Register(() => never.TrySetCanceled(cancellation));
            if (GrantedUnheard is { } unheard)
            {
                _answers[request.RequestId] = answer with { Grants = [unheard] };
            }

            return await never.Task;
        }

        _answers[request.RequestId] = answer;
        return Json(answer, ProtocolJson.Default.WorkAnswer);
    }

    private WorkAnswer Answer(WorkRequest request)
    {
        lock (_gate)
        {
            Reports.AddRange(request.Reports);
            return new WorkAnswer
            {
                RequestId = request.RequestId,
                Outcomes = [.. request.Reports.Select(r => new ReportOutcome(r.Grant, r.Runs.Sum(u => u.Count), 0))],
                Grants = request.Wanted is not null && _offers.TryDequeue(out var offer) ? [offer] : [],
            };
        }
    }

    private HttpResponseMessage Beat(Heartbeat beat)
    {
        HasForgotten = false;
        Beats.Add(beat);
        return Json(new HeartbeatAnswer { IntervalSeconds = 15, LimitSeconds = 60 }, ProtocolJson.Default.HeartbeatAnswer);
    }

    private HttpResponseMessage Missing(MissingRequest request) => Json(
        new MissingAnswer([.. request.Blobs.Where(b => !Blobs.ContainsKey(b))]), ProtocolJson.Default.MissingAnswer);

    private async Task<HttpResponseMessage> PutAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var id = BlobId.Parse(request.RequestUri!.Segments[^1]);
        var bytes = await request.Content!.ReadAsByteArrayAsync(cancellation);
        if (BlobHasher.Of(bytes) != id)
        {
            return Problem(HttpStatusCode.UnprocessableContent, ProblemTypes.WrongHash);
        }

        Blobs[id] = bytes;
        return new HttpResponseMessage(HttpStatusCode.Created);
    }

    private static async Task<T> ReadAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(await request.Content!.ReadAsByteArrayAsync(), type)!;

    private static HttpResponseMessage Json<T>(T value, JsonTypeInfo<T> type) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(JsonSerializer.Serialize(value, type), Encoding.UTF8, "application/json"),
    };

    private static HttpResponseMessage Problem(HttpStatusCode status, string type) => new(status)
    {
        Content = new StringContent(
            $$"""{"type":"{{type}}","title":"No","status":{{(int)status}}}""", Encoding.UTF8, Protocol.Problems.Problem.MediaType),
    };
}
