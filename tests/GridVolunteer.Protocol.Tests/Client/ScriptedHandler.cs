using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GridVolunteer.Protocol.Tests.Client;

/// <summary>Answers requests as a test scripts it, one script a request, and keeps what was asked.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, Task<HttpResponseMessage>>> _script = new();

    public List<HttpRequestMessage> Requests { get; } = [];

    public List<string> Bodies { get; } = [];

    public ScriptedHandler Then(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _script.Enqueue(request => Task.FromResult(answer(request)));
        return this;
    }

    public ScriptedHandler ThenJson(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        Then(_ => Text(json, "application/json", status));

    public ScriptedHandler ThenProblem(HttpStatusCode status, string type, string detail) => Then(_ => Text(
        $$"""{"type":"{{type}}","title":"Refused","status":{{(int)status}},"detail":"{{detail}}"}""",
        "application/problem+json", status));

    public ScriptedHandler ThenText(string text, string mediaType) => Then(_ => Text(text, mediaType));

    public ScriptedHandler ThenFail(Exception fault) => Then(_ => throw fault);

    /// <summary>A body that breaks off after these bytes.</summary>
    public ScriptedHandler ThenBroken(string text, string mediaType) =>
        Then(_ => Stream(new BreakingStream(text), mediaType));

    public static HttpResponseMessage Text(
        string text, string mediaType, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, mediaType) };

    public static HttpResponseMessage Stream(Stream stream, string mediaType)
    {
        var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        Bodies.Add(request.Content is { } body ? await body.ReadAsStringAsync(cancellationToken) : "");
        Assert.True(_script.Count > 0, $"Nobody expected {request.Method} {request.RequestUri}.");
        return await _script.Dequeue()(request);
    }
}
