using System.Reflection;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.About;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Packing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace GridVolunteer.Coordinator.Api;

/// <summary>What the service says of itself.</summary>
public static class ServiceEndpoints
{
    /// <summary>The most units in one grant.</summary>
    public const int GrantUnitsMax = 4096;

    /// <summary>The version of this coordinator.</summary>
    public static string Version { get; } =
        typeof(ServiceEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, CoordinatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var about = About(options);
        routes.MapGet(ApiRoutes.About, () => TypedResults.Ok(about))
            .For(Access.Everybody)
            .Described("about", "What this coordinator is, speaks and allows.");
        routes.MapGet(ApiRoutes.Health, () => TypedResults.Text("healthy\n"))
            .For(Access.Everybody)
            .Described("health", "Whether the process lives.")
            .ExcludeFromDescription();
        routes.MapGet(ApiRoutes.Ready, Ready)
            .For(Access.Everybody)
            .Described("ready", "Whether the service takes requests.")
            .ExcludeFromDescription();
    }

    private static IResult Ready(IHostApplicationLifetime lifetime, IGridBackend backend) =>
        lifetime.ApplicationStopping.IsCancellationRequested
            ? new ProblemResult(ApiProblem.Unavailable("The coordinator stops."))
            : backend.Trouble is { } trouble
            ? new ProblemResult(ApiProblem.Unavailable(trouble))
            : TypedResults.Text("ready\n");

    private static AboutView About(CoordinatorOptions options) => new()
    {
        Product = "GridVolunteer",
        Version = Version,
        ProtocolVersion = ProtocolVersion.Current,
        ProtocolVersionMin = ProtocolVersion.Minimum,
        Private = options.Private,
        Enrolment = options.Enrolment == EnrolmentMode.Token ? "token" : "open",
        Limits = new AboutLimits
        {
            RequestSizeBytesMax = options.RequestSizeBytesMax,
            BlobSizeBytesMax = options.BlobSizeBytesMax,
            InlineResultSizeBytesMax = PackedResultsWriter.InlineSizeBytesMax,
            UnitInputSizeBytesMax = PackedInputs.UnitInputSizeBytesMax,
            GrantUnitsMax = GrantUnitsMax,
            LongPollSecondsMax = options.LongPollMax.TotalSeconds,
            PageItemsMax = Binding.PageItemsMax,
        },
    };
}
