using System.Net;
using System.Text;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Problems;

namespace GridVolunteer.Protocol.Tests.Client;

/// <summary>Streams that resume where they broke.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly ScriptedHandler _handler = new();
    private readonly HttpClient _http;
    private readonly CoordinatorClient _client;

    public StreamTests()
    {
        _http = new HttpClient(_handler);
        _client = new CoordinatorClient(
            _http, new Uri("http://127.0.0.1:4370"), new FixedToken(null), new ImpatientTime());
    }

    [Fact]
    public async Task Results_ComeLineByLine_AndResumeBehindTheLastOne()
    {
        _handler.ThenBroken("{\"unit\":0,\"state\":\"valid\"}\n{\"unit\":3}\n{\"un", "application/x-ndjson")
            .ThenText("{\"unit\":4,\"result\":{\"unit\":9}}\n{\"state\":\"failed\",\"unit\":5}\n", "application/x-ndjson");

        var units = new List<long>();
        await foreach (var line in _client.ResultsAsync(new JobId(1)))
        {
            units.Add(line.Unit);
        }

        Assert.Equal([0, 3, 4, 5], units);
        Assert.Equal("/v1/jobs/j1/results", _handler.Requests[0].RequestUri!.PathAndQuery);
        Assert.Equal("/v1/jobs/j1/results?after=3", _handler.Requests[1].RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task Results_CutWithinALine_AreFetchedAgain()
    {
        _handler.ThenText("{\"unit\":0}\n{\"unit\":1", "application/x-ndjson").ThenText(
            "{\"unit\":1}\n", "application/x-ndjson");
        var lines = new List<string>();
        await foreach (var line in _client.ResultsAsync(new JobId(1)))
        {
            lines.Add(Encoding.UTF8.GetString(line.Json.Span));
        }

        Assert.Equal(["{\"unit\":0}", "{\"unit\":1}"], lines);
    }

    [Fact]
    public async Task Results_ThatBreakAgainAndAgain_AreGivenUp()
    {
        for (var i = 0; i < 4; i++)
        {
            _handler.ThenBroken("", "application/x-ndjson");
        }

        await Assert.ThrowsAsync<CoordinatorUnreachableException>(
            async () => await CountAsync(_client.ResultsAsync(new JobId(1))));
    }

    [Fact]
    public async Task Events_ResumeBehindTheLastOne_AndTellOfTheBreak()
    {
        _handler.ThenBroken(Event(41, "leased") + Event(42, "validated"), "text/event-stream")
            .ThenFail(new HttpRequestException("Connection refused"))
            .ThenText(Event(43, "job"), "text/event-stream");
        var breaks = 0;
        var kinds = new List<string>();
        await foreach (var happened in _client.EventsAsync(new JobId(1), _ => breaks++))
        {
            kinds.Add(happened.Kind);
            if (kinds.Count == 3)
            {
                break;
            }
        }

        Assert.Equal(["leased", "validated", "job"], kinds);
        Assert.Equal(2, breaks);
        Assert.Equal("42", Assert.Single(_handler.Requests[^1].Headers.GetValues("Last-Event-ID")));
        Assert.Equal("/v1/events?job=j1", _handler.Requests[^1].RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task Events_OfACoordinatorThatIsAway_FailAtTheFirstConnection()
    {
        _handler.ThenFail(new HttpRequestException("Connection refused"));
        await Assert.ThrowsAsync<CoordinatorUnreachableException>(
            async () => await CountAsync(_client.EventsAsync(null)));
    }

    [Fact]
    public async Task Events_ThatAreRefusedLater_EndWithTheRefusal()
    {
        _handler.ThenText(Event(1, "job"), "text/event-stream")
            .ThenProblem(HttpStatusCode.NotFound, ProblemTypes.NotFound, "There is no job j1.");
        await Assert.ThrowsAsync<CoordinatorProblemException>(
            async () => await CountAsync(_client.EventsAsync(new JobId(1))));
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private static string Event(int id, string kind) =>
        $"id: {id}\nevent: {kind}\ndata: {{\"kind\":\"{kind}\",\"at\":\"2030-01-01T00:00:00Z\"}}\n\n";

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> items)
    {
        var count = 0;
        await foreach (var item in items)
        {
            count++;
        }

        return count;
    }
}
