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
        routes.MapGet(ApiRoutes.Health, Health)
            .For(Access.Everybody)
            .Described("health", "Whether the process lives and will.")
            .ExcludeFromDescription();
        routes.MapGet(ApiRoutes.Ready, Ready)
            .For(Access.Everybody)
            .Described("ready", "Whether the service takes requests.")
            .ExcludeFromDescription();
    }

    /// <summary>What gateways ask: one that drains is still answering, but should get no more.</summary>
    private static IResult Health(DrainSign drain) => drain.IsUp
        ? TypedResults.Text("draining\n", statusCode: StatusCodes.Status503ServiceUnavailable)
        : TypedResults.Text("healthy\n");

    private static IResult Ready(DrainSign drain, IGridBackend backend) =>
        drain.IsUp
            ? new ProblemResult(ApiProblem.Unavailable("The coordinator is draining: it is about to stop."))
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
