using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>
/// What a gateway takes for a silo: it says how it is as one does, and otherwise does with each request what
/// the test wants.
/// </summary>
internal sealed class StubSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubSilo(WebApplication app, IPAddress address)
    {
        _app = app;
        Address = address;
    }

    public IPAddress Address { get; }

    /// <summary>What it answers to <c>/healthz</c>; null: nothing.</summary>
    public int? Health { get; set; } = 200;

    /// <summary>What it does with a request; by default it says who it is.</summary>
    public Func<HttpContext, Task> Does { get; set; } = _ => Task.CompletedTask;

    /// <summary>The requests that came, but for those about its health.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Starts one where the gateway looks for the next.</summary>
    public static async Task<StubSilo> StartAsync(GatewayProcess gateway)
    {
        var address = gateway.NextAddress();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, gateway.SiloPort);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var silo = new StubSilo(builder.Build(), address);
        silo._app.Run(silo.AnswerAsync);
        await silo._app.StartAsync();
        await gateway.AddAsync(address);
        return silo;
    }

    /// <summary>Breaks the connection off without a word.</summary>
    public static Task BreakOff(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Answers as a whole.</summary>
    public Task SayWhoAsync(HttpContext context) => context.Response.WriteAsync(Address.ToString());

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/healthz")
        {
            if (Health is { } status)
            {
                context.Response.StatusCode = status;
                return;
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await Does(context);
        if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await SayWhoAsync(context);
        }
    }
}
