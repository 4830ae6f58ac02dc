using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Whiteboard.Pictures;

namespace Whiteboard.Pages;

/// <summary>
/// Serves the page of one participant on loopback: the page itself, a stream of what happens (server-sent events), and
/// what is drawn. Any web page can have a browser post to loopback: so the host and the origin are checked.
/// </summary>
internal sealed class BoardPage : IAsyncDisposable
{
    private const long RequestSizeBytesMax = 64 * 1024;

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["index.html"] = "text/html; charset=utf-8",
        ["board.css"] = "text/css; charset=utf-8",
        ["board.js"] = "text/javascript; charset=utf-8",
    };

    private readonly WebApplication _app;

    private BoardPage(WebApplication app) => _app = app;

    /// <summary>Where the page is.</summary>
    public string Url => _app.Urls.First();

    public static async Task<BoardPage> StartAsync(Board board, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = RequestSizeBytesMax;
        });
        // The command owns Ctrl+C.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BoardJson.Default));
        var app = builder.Build();
        app.Use(Guard);
        app.MapGet("/", () => File("index.html"));
        app.MapGet("/{name}", File);
        app.MapGet("/events", (HttpContext context) => WatchAsync(context, board, app.Lifetime));
        app.MapPost("/pieces", async (Piece piece, CancellationToken stop) =>
            await board.DrawAsync(piece, stop) ? Results.NoContent() : Results.BadRequest());
        app.MapPost("/wipe", board.WipeAsync);
        await app.StartAsync(cancellationToken);
        return new BoardPage(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Task Guard(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isHere = request.Host.Host is "127.0.0.1" or "localhost";
        var origin = request.Headers.Origin.ToString();
        var isOwn = HttpMethods.IsGet(request.Method) || origin == $"http://{request.Host}";
        if (isHere && isOwn)
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            context.Response.Headers.CacheControl = "no-store";
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static IResult File(string name) =>
        Files.TryGetValue(name, out var type)
            ? Results.Stream(typeof(BoardPage).Assembly.GetManifestResourceStream(name)!, type)
            : Results.NotFound();

    private static async Task WatchAsync(HttpContext context, Board board, IHostApplicationLifetime lifetime)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        using var reader = board.Watch();
        context.Response.ContentType = "text/event-stream";
        try
        {
            await foreach (var happened in reader.ReadAllAsync(stop.Token))
            {
                await context.Response.WriteAsync(
                    $"event: {happened.Name}\ndata: {happened.Data}\n\n", stop.Token);
                await context.Response.Body.FlushAsync(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is closed, or this process stops.
        }
    }
}
