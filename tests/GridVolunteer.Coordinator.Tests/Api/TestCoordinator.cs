using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>
/// A real coordinator in this process: Kestrel on a free port of loopback, a data folder of its own.
/// </summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    private readonly TemporaryFolder? _ownFolder;

    private TestCoordinator(CoordinatorService service, TemporaryFolder? ownFolder)
    {
        _ownFolder = ownFolder;
        Service = service;
        Anonymous = Client(null);
        Operator = Client(service.OperatorToken);
    }

    public CoordinatorService Service { get; }

    public HttpClient Anonymous { get; }

    public HttpClient Operator { get; }

    public static async Task<TestCoordinator> StartAsync(
        Func<CoordinatorOptions, CoordinatorOptions>? change =
            null, TimeProvider? clock = null, TemporaryFolder? folder = null)
    {
        var own = folder is null ? new TemporaryFolder() : null;
        var options = Options(folder ?? own!);
        var service = await CoordinatorService.StartAsync(
            change?.Invoke(options) ?? options, clock ?? TimeProvider.System, CancellationToken.None);
        return new TestCoordinator(service, own);
    }

    public static CoordinatorOptions Options(TemporaryFolder folder) => new()
    {
        DataFolder = folder["data"],
        TokenFolder = folder["tokens"],
        Urls = ["http://127.0.0.1:0"],
        LogLevel = LogLevel.None,
    };

    public HttpClient Client(string? token)
    {
        var client = new HttpClient { BaseAddress = Service.Url };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    public static async Task<Problem> ProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(Problem.MediaType, response.Content.Headers.ContentType?.MediaType);
        return await ReadAsync(response, ProtocolJson.Default.Problem);
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type) =>
        await response.Content.ReadFromJsonAsync(type)
            ?? throw new InvalidOperationException("The body is null.");

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Operator.Dispose();
        await Service.DisposeAsync();
        _ownFolder?.Dispose();
    }
}
