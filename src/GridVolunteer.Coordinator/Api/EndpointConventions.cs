using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// What endpoints say about themselves: who may use them, and what the API's description tells.
/// </summary>
public static class EndpointConventions
{
    /// <summary>Who may use the endpoint.</summary>
    public static TBuilder For<TBuilder>(this TBuilder builder, Access access)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(access));

    /// <summary>Names and describes the endpoint.</summary>
    public static TBuilder Described<TBuilder>(
        this TBuilder builder, string name, string summary, string? more = null)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithName(name).WithSummary(summary);
        return more is null ? builder : builder.WithDescription(more);
    }

    /// <summary>The problems it answers with, beside those that any endpoint may.</summary>
    public static RouteHandlerBuilder Problems(
        this RouteHandlerBuilder builder, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            builder.Produces<Problem>(status, Problem.MediaType);
        }

        return builder;
    }
}
