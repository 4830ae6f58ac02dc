using System.Net;
using System.Text.Json;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Security;

namespace GridVolunteer.Protocol.Tests.Client;

/// <summary>How an agent comes by its token, and by the next one.</summary>
public sealed class AgentTokenTests : IDisposable
{
    private static readonly Uri Address = new("http://127.0.0.1:4370");
    private readonly ScriptedHandler _handler = new();
    private readonly HttpClient _http;
    private readonly AgentKey _key = AgentKey.Create();
    private readonly SteppedTime _time = new();
    private readonly AgentToken _token;
    private readonly CoordinatorClient _client;

    public AgentTokenTests()
    {
        _http = new HttpClient(_handler);
        _token = new AgentToken(
            new CoordinatorClient(_http, Address, new FixedToken(null), _time), _key, "enrol me", _time);
        _client = new CoordinatorClient(_http, Address, _token, _time);
    }

    [Fact]
    public async Task TheFirstCall_ProvesTheKey()
    {
        Enrol("t1");
        _handler.ThenJson("""{"items":[]}""");
        await _client.PeersAsync(null, 1, default);

        var request = JsonSerializer.Deserialize(_handler.Bodies[1], ProtocolJson.Default.TokenRequest)!;
        Assert.True(AgentChallenge.Verify(request.PublicKey, request.Nonce, request.Signature));
        Assert.Equal(_key.Peer, PeerId.OfPublicKey(request.PublicKey));
        Assert.Equal("enrol me", request.EnrolmentToken);
        Assert.Equal("Bearer t1", _handler.Requests[2].Headers.Authorization!.ToString());
        Assert.Null(_handler.Requests[0].Headers.Authorization);
    }

    [Fact]
    public async Task AToken_IsKept_AndRenewedBeforeItExpires()
    {
        Enrol("t1");
        Assert.Equal("t1", await _token.GetAsync(null, default));
        _time.Advance(TimeSpan.FromSeconds(3200));
        Assert.Equal("t1", await _token.GetAsync(null, default));
        _time.Advance(TimeSpan.FromSeconds(100));
        Enrol("t2");
        Assert.Equal("t2", await _token.GetAsync(null, default));
    }

    [Fact]
    public async Task ARefusedToken_IsReplaced_AndTheCallGoesAgainOnce()
    {
        Enrol("t1");
        _handler.ThenProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthenticated, "Expired.");
        Enrol("t2");
        _handler.ThenJson("""{"items":[]}""");
        await _client.PeersAsync(null, 1, default);
        Assert.Equal("Bearer t2", _handler.Requests[^1].Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task ATokenRefusedTwice_IsARefusal()
    {
        Enrol("t1");
        _handler.ThenProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthenticated, "No.");
        Enrol("t2");
        _handler.ThenProblem(HttpStatusCode.Unauthorized, ProblemTypes.Unauthenticated, "No.");
        var problem = await Assert.ThrowsAsync<CoordinatorProblemException>(
            () => _client.PeersAsync(null, 1, default));
        Assert.Equal(HttpStatusCode.Unauthorized, problem.Status);
    }

    public void Dispose()
    {
        _token.Dispose();
        _key.Dispose();
        _http.Dispose();
        _handler.Dispose();
    }

    private void Enrol(string token) => _handler
        .ThenJson("""{"nonce":"AQIDBA==","expiresInSeconds":60}""")
        .ThenJson($$"""{"token":"{{token}}","peer":"{{_key.Peer}}","expiresInSeconds":3600}""");
}
