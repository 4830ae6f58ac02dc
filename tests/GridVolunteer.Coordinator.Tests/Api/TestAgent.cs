using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Security;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>An agent's side of the wire, as small as it can be.</summary>
internal sealed class TestAgent : IDisposable
{
    private int _requests;

    private TestAgent(TestCoordinator coordinator)
    {
        Http = coordinator.Client(null);
        Http.Timeout = TimeSpan.FromSeconds(30);
    }

    public AgentKey Key { get; } = AgentKey.Create();

    public HttpClient Http { get; }

    public PeerId Peer => Key.Peer;

    /// <summary>An agent with a token, but not introduced.</summary>
    public static async Task<TestAgent> EnrolAsync(TestCoordinator coordinator)
    {
        var agent = new TestAgent(coordinator);
        var answer = await agent.TokenAsync(await agent.ChallengeAsync());
        var token = await TestCoordinator.ReadAsync(answer, ProtocolJson.Default.TokenAnswer);
        Assert.Equal(agent.Peer, token.Peer);
        agent.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        return agent;
    }

    /// <summary>An agent that the coordinator knows.</summary>
    public static async Task<TestAgent> IntroduceAsync(TestCoordinator coordinator)
    {
        var agent = await EnrolAsync(coordinator);
        await agent.BeatAsync();
        return agent;
    }

    /// <summary>An agent that still has the token of an earlier one.</summary>
    public static TestAgent Returning(TestCoordinator coordinator, string token)
    {
        var agent = new TestAgent(coordinator);
        agent.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return agent;
    }

    public static TestAgent Stranger(TestCoordinator coordinator) => new(coordinator);

    public async Task<byte[]> ChallengeAsync()
    {
        var answer = await Http.PostAsJsonAsync(
            "/v1/agents/challenge", new ChallengeRequest(Key.PublicKey),
            ProtocolJson.Default.ChallengeRequest);
        return (await TestCoordinator.ReadAsync(answer, ProtocolJson.Default.Challenge)).Nonce;
    }

    public Task<HttpResponseMessage> TokenAsync(
        byte[] nonce, byte[]? signature = null, string? enrolment = null) =>
        Http.PostAsJsonAsync(
            "/v1/agents/token",
            new TokenRequest
            {
                PublicKey = Key.PublicKey,
                Nonce = nonce,
                Signature = signature ?? Key.SignChallenge(nonce),
                EnrolmentToken = enrolment,
            },
            ProtocolJson.Default.TokenRequest);

    public async Task<HeartbeatAnswer> BeatAsync(bool goodbye = false, params GrantId[] grants)
    {
        var beat = new Heartbeat
        {
            Name = "test",
            Host = new HostFacts
            {
                OperatingSystem = "linux",
                Architecture = "x64",
                Threads = 2,
                MemoryBytes = 1 << 30,
                DiskBytes = 1 << 30,
            },
            Grants = grants,
            Goodbye = goodbye,
        };
        var answer = await Http.PostAsJsonAsync("/v1/agents/heartbeat", beat, ProtocolJson.Default.Heartbeat);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await TestCoordinator.ReadAsync(answer, ProtocolJson.Default.HeartbeatAnswer);
    }

    public string NextRequestId() =>
        Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture);

    public WorkRequest Request(int unitsMax = 10, double wait = 0, params GrantReport[] reports) => new()
    {
        RequestId = NextRequestId(),
        Reports = reports,
        Wanted = new WorkWanted { Seconds = 1e9, UnitsMax = unitsMax },
        WaitSeconds = wait,
    };

    public Task<HttpResponseMessage> PostAsync(
        WorkRequest request, CancellationToken cancellationToken = default) =>
        Http.PostAsJsonAsync("/v1/work", request, ProtocolJson.Default.WorkRequest, cancellationToken);

    public async Task<WorkAnswer> WorkAsync(
        WorkRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await PostAsync(request, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        return await TestCoordinator.ReadAsync(answer, ProtocolJson.Default.WorkAnswer);
    }

    public async Task<GrantOffer> GrantAsync(int unitsMax = 10, double wait = 20) =>
        Assert.Single((await WorkAsync(Request(unitsMax, wait))).Grants);

    /// <summary>
    /// Computes nothing: a unit's result is what <paramref name="result"/> says, its index by default.
    /// </summary>
    public static GrantReport Report(GrantOffer offer, Func<long, byte[]>? result = null)
    {
        var packed = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new Protocol.Packing.PackedResultsWriter(packed);
        foreach (var unit in Units(offer))
        {
            writer.WriteInline(result?.Invoke(unit) ?? JsonSerializer.SerializeToUtf8Bytes(unit));
        }

        return new GrantReport
        {
            Grant = offer.Grant,
            Runs = offer.Runs,
            Results = packed.WrittenMemory,
            ComputeSeconds = 1e-3,
        };
    }

    public static IEnumerable<long> Units(GrantOffer offer) =>
        offer.Runs.SelectMany(run => Enumerable.Range(0, run.Count).Select(i => run.Start + i));

    public void Dispose()
    {
        Http.Dispose();
        Key.Dispose();
    }
}
