using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Api;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Coordinator.Telemetry;
using GridVolunteer.Protocol.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// Puts the service together: what it is made of, what a request passes, and what there is to request.
/// </summary>
internal static class CoordinatorApplication
{
    /// <summary>The application, not yet started.</summary>
    public static WebApplication Build(
        CoordinatorOptions options, TimeProvider clock, IServiceProvider basics, CoordinatorServices parts)
    {
        // Empty: no settings file of the current folder and no environment variable changes what the options
        // say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(CoordinatorApplication).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => KestrelSetup.Apply(kestrel, options));
        builder.Services.AddSingleton(basics.GetRequiredService<ILoggerFactory>());
        builder.Services.AddSingleton(basics.GetRequiredService<IMeterFactory>());
        builder.Services.AddSingleton(parts.Instruments);
        AddHosting(builder.Services, options, clock);
        AddSecurity(builder.Services, options, clock, parts);
        AddEvents(builder.Services, options, clock, parts.Ring);
        AddGrid(builder.Services, parts.Backend);
        AddBroker(builder.Services, options, clock, parts.Queue);
        var app = builder.Build();
        UsePipeline(app, options);
        MapEndpoints(app, options);
        app.Services.GetRequiredService<StateMeters>().Observe();
        return app;
    }

    /// <summary>What must be there before anything else: logs, to standard error, and meters.</summary>
    public static ServiceProvider CreateBasics(CoordinatorOptions options) =>
        new ServiceCollection()
            .AddLogging(logging => AddLogging(logging, options))
            .AddMetrics()
            .BuildServiceProvider();

    private static void AddLogging(ILoggingBuilder logging, CoordinatorOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel);
        // What the frameworks below have to say at length is for when something is wrong.
        var quiet = options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning;
        logging.AddFilter("Microsoft", quiet);
        logging.AddFilter("Orleans", quiet);
        logging.AddFilter("Polly", quiet);

        // A start that fails is thrown, and told in a sentence by who started it; the host would log a stack
        // trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            console.UseUtcTimestamp = true;
        });

        // Standard output belongs to what the program was asked for.
        logging.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddHosting(
        IServiceCollection services, CoordinatorOptions options, TimeProvider clock)
    {
        services.AddSingleton(clock);
        services.AddSingleton(options);
        services.AddSingleton<IHostLifetime, OwnedLifetime>();
        services.AddSingleton<DrainSign>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopLimit);
        services.AddRouting();
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(ConfigureJson);
        services.AddOpenApi(ApiDescription.DocumentName, ApiDescription.Configure);
    }

    private static void ConfigureJson(JsonOptions options)
    {
        var json = options.SerializerOptions;
        json.TypeInfoResolverChain.Insert(0, ProtocolJson.Default);
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.NumberHandling = JsonNumberHandling.Strict;
    }

    private static void AddSecurity(
        IServiceCollection services, CoordinatorOptions options, TimeProvider clock,
        CoordinatorServices parts)
    {
        var secrets = parts.Secrets;
        var tokens = new AgentTokens(secrets.SigningKey, clock, options.AgentTokenLifetime);
        services.AddSingleton(secrets);
        services.AddSingleton(tokens);
        services.AddSingleton(new ChallengeBook(secrets.SigningKey, parts.Backend.Answered, clock));
        services.AddSingleton(new CallerReader(tokens, secrets.OperatorToken));
        services.AddSingleton(new UploadAllowance(options.AgentUploadBytesPerHourMax, clock));
    }

    private static void AddEvents(
        IServiceCollection services, CoordinatorOptions options, TimeProvider clock, EventRing ring)
    {
        services.AddSingleton(ring);
        services.AddSingleton(new EventStream(ring, clock));
        services.AddSingleton(new EventReaders(options.EventReadersMax));
    }

    private static void AddGrid(IServiceCollection services, IGridBackend backend)
    {
        services.AddSingleton(backend);
        services.AddSingleton(backend.Results);
        services.AddSingleton(backend.Blobs);
        services.AddSingleton(backend.Grid);
        services.AddSingleton(backend.Volunteers);
        services.AddSingleton<UnitTables>();
        services.AddSingleton<ResultReader>();
    }

    private static void AddBroker(
        IServiceCollection services, CoordinatorOptions options, TimeProvider clock, HintQueue queue)
    {
        services.AddSingleton(queue);
        services.AddSingleton(new PollDesk(options.LongPollsMax, clock));
        services.AddSingleton<StateMeters>();
        services.AddSingleton<JobFactsCache>();
        services.AddSingleton<HintKeeper>();
        services.AddSingleton<ShardOpener>();
        services.AddSingleton<OfferMaker>();
        services.AddSingleton<Broker>();
        services.AddSingleton<WorkEndpoint>();
        services.AddSingleton<AgentCensus>();
        services.AddSingleton<JobViews>();
        services.AddSingleton<SubmissionDesk>();
        services.AddSingleton<ResultStream>();
        services.AddSingleton<FailureList>();
    }

    private static void UsePipeline(WebApplication app, CoordinatorOptions options)
    {
        var bound = options.Urls
            .Select(
                url => ListenAddress.TryParse(url, out var address, out _) ? address.EndPoint.Address : null)
            .OfType<System.Net.IPAddress>();
        app.UseMiddleware<DrainMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseMiddleware<GateMiddleware>(
            new SiteCheck([.. bound], Environment.MachineName, options.HostNames), options.Private);
    }

    private static void MapEndpoints(WebApplication app, CoordinatorOptions options)
    {
        ServiceEndpoints.Map(app, options);
        EnrolmentEndpoints.Map(app);
        AgentEndpoints.Map(app);
        WorkEndpoint.Map(app, app.Services.GetRequiredService<WorkEndpoint>());
        JobEndpoints.Map(app);
        ResultEndpoints.Map(app);
        BlobEndpoints.Map(app);
        EventEndpoint.Map(app);
        ApiDescription.Map(app);
    }
}
