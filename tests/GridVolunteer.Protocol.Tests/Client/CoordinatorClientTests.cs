using System.Net;
using System.Text;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Protocol.Tests.Client;

/// <summary>Calls, refusals, and what is done about a connection that breaks.</summary>
public sealed class CoordinatorClientTests : IDisposable
{
    private static readonly Uri Address = new("http://127.0.0.1:4370");
    private static readonly BlobId Hello = BlobHasher.Of("hello world"u8);

    private readonly ScriptedHandler _handler = new();
    private readonly HttpClient _http;
    private readonly CoordinatorClient _client;

    public CoordinatorClientTests()
    {
        _http = new HttpClient(_handler);
        _client = new CoordinatorClient(_http, Address, new FixedToken("secret"), TimeProvider.System);
    }

    [Fact]
    public async Task ACall_CarriesTokenAndVersion_AndReadsTheAnswer()
    {
        _handler.ThenJson("""{"requestId":"r1","grants":[],"somethingNew":1}""");
        var answer = await _client.WorkAsync(new WorkRequest { RequestId = "r1" }, default);

        Assert.Equal("r1", answer.RequestId);
        var request = _handler.Requests[^1];
        Assert.Equal("Bearer secret", request.Headers.Authorization!.ToString());
        Assert.Equal("1", Assert.Single(request.Headers.GetValues(ProtocolVersion.Header)));
        Assert.Equal("/v1/work", request.RequestUri!.PathAndQuery);
        Assert.Equal("""{"requestId":"r1","reports":[],"waitSeconds":0}""", _handler.Bodies[^1]);
    }

    [Fact]
    public async Task ARefusal_ComesWithItsTypeAndWords()
    {
        _handler.ThenProblem(HttpStatusCode.Conflict, ProblemTypes.IntroduceYourself, "Beat first.");
        var problem = await Assert.ThrowsAsync<CoordinatorProblemException>(
            () => _client.JobAsync(new JobId(1), default));

        Assert.Equal(HttpStatusCode.Conflict, problem.Status);
        Assert.Equal(ProblemTypes.IntroduceYourself, problem.Type);
        Assert.Equal("Refused: Beat first.", problem.Message);
        Assert.False(problem.IsTransient);
    }

    [Fact]
    public async Task ARefusalThatIsNoProblem_StillHasItsStatus()
    {
        _handler.Then(_ => ScriptedHandler.Text("<html>", "text/html", HttpStatusCode.BadGateway));
        var problem = await Assert.ThrowsAsync<CoordinatorProblemException>(
            () => _client.JobAsync(new JobId(1), default));
        Assert.True(problem.IsTransient);
        Assert.Contains("502", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerThatIsNotOfThisApi_IsNoAnswer()
    {
        _handler.ThenJson("""{"hello":"world"}""");
        var fault = await Assert.ThrowsAsync<CoordinatorUnreachableException>(
            () => _client.JobAsync(new JobId(1), default));
        Assert.Contains("does not speak this API", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACoordinatorThatIsAway_IsNamed()
    {
        _handler.ThenFail(new HttpRequestException("Connection refused"));
        var fault = await Assert.ThrowsAsync<CoordinatorUnreachableException>(
            () => _client.JobAsync(new JobId(1), default));
        Assert.Contains("http://127.0.0.1:4370", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_IsNotTakenForAnAbsence()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        _handler.ThenFail(new OperationCanceledException());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _client.JobAsync(new JobId(1), cancelled.Token));
    }

    [Fact]
    public async Task Download_GoesOnWhereTheConnectionBroke()
    {
        _handler.ThenBroken("hello", "application/octet-stream").Then(request =>
        {
            Assert.Equal("bytes=5-", request.Headers.Range!.ToString());
            return Part(" world", from: 5);
        });
        using var bytes = new MemoryStream();
        await _client.DownloadBlobAsync(Hello, bytes, default);
        Assert.Equal("hello world", Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Fact]
    public async Task Download_OfOtherBytes_IsRefused()
    {
        _handler.ThenText("HELLO world", "application/octet-stream");
        using var bytes = new MemoryStream();
        await Assert.ThrowsAsync<BlobMismatchException>(
            () => _client.DownloadBlobAsync(Hello, bytes, default));
    }

    [Fact]
    public async Task Download_OfMoreBytesThanTheNameSays_StopsThere()
    {
        _handler.ThenText("hello world and more", "application/octet-stream");
        using var bytes = new MemoryStream();
        await Assert.ThrowsAsync<CoordinatorUnreachableException>(
            () => _client.DownloadBlobAsync(Hello, bytes, default));
        Assert.True(bytes.Length <= Hello.LengthBytes);
    }

    [Fact]
    public async Task Download_FromACoordinatorThatIgnoresRanges_DoesNotMixBytes()
    {
        _handler.ThenBroken("hello", "application/octet-stream").ThenText(
            "hello world", "application/octet-stream");
        using var bytes = new MemoryStream();
        await Assert.ThrowsAsync<CoordinatorUnreachableException>(
            () => _client.DownloadBlobAsync(Hello, bytes, default));
    }

    [Fact]
    public async Task Download_OfAPartThatIsHere_FetchesTheRest()
    {
        _handler.Then(request =>
        {
            Assert.Equal("bytes=6-", request.Headers.Range!.ToString());
            return Part("world", from: 6);
        });
        var part = new BlobHasher();
        part.Append("hello "u8);
        using var bytes = new MemoryStream();
        await _client.DownloadBlobAsync(Hello, bytes, default, part);
        Assert.Equal("world", Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Fact]
    public async Task Upload_SendsTheBytesUnderTheBlobsName()
    {
        _handler.Then(_ => new HttpResponseMessage(HttpStatusCode.Created));
        await _client.UploadBlobAsync(Hello, () => new MemoryStream("hello world"u8.ToArray()), default);
        Assert.Equal($"/v1/blobs/{Hello}", _handler.Requests[0].RequestUri!.PathAndQuery);
        Assert.Equal("hello world", _handler.Bodies[0]);
    }

    [Fact]
    public async Task Upload_OfAFileThatIsGone_IsTheCallersFault() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => _client.UploadBlobAsync(
            Hello, () => throw new FileNotFoundException(), default));

    [Fact]
    public async Task Pages_AreAskedForByTheirCursor()
    {
        _handler.ThenJson("""{"items":[],"next":"j4"}""");
        var page = await _client.JobsAsync("j9", 20, default);
        Assert.Equal("j4", page.Next);
        Assert.Equal("/v1/jobs?limit=20&before=j9", _handler.Requests[0].RequestUri!.PathAndQuery);
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private static HttpResponseMessage Part(string text, long from)
    {
        var response = ScriptedHandler.Text(text, "application/octet-stream", HttpStatusCode.PartialContent);
        response.Content.Headers.ContentRange = new(from, from + text.Length - 1);
        return response;
    }
}
