using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>
/// A real coordinator in this process: Kestrel on a free port of loopback, a data folder of its own. Or several
/// that are one, each request to the next of them.
/// </summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    private readonly IReadOnlyList<CoordinatorService> _services;
    private readonly TemporaryFolder? _ownFolder;

    public TestCoordinator(IReadOnlyList<CoordinatorService> services, TemporaryFolder? ownFolder)
    {
        _services = services;
        _ownFolder = ownFolder;
        Anonymous = Client(null);
        Operator = Client(Service.OperatorToken);
    }

    public CoordinatorService Service => _services[0];

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
        return new TestCoordinator([service], own);
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
        var client = new HttpClient(new EachInTurn([.. _services.Select(service => service.Url)]))
        {
            BaseAddress = Service.Url,
        };
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
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        _ownFolder?.Dispose();
    }
}
