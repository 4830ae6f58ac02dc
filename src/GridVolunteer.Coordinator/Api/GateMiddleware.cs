using System.Globalization;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Problems;
using Microsoft.AspNetCore.Http;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// What every request passes once its endpoint is known: no foreign web page, a protocol version that is
/// spoken here, and a token where the endpoint's <see cref="AccessRule"/> wants one. Leaves the
/// <see cref="Caller"/> in the features.
/// </summary>
/// <param name="next">The rest.</param>
/// <param name="site">Keeps web pages out.</param>
/// <param name="callers">Reads tokens.</param>
/// <param name="isPrivate">Whether reading needs a token too.</param>
public sealed class GateMiddleware(RequestDelegate next, SiteCheck site, CallerReader callers, bool isPrivate)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Check(context) is { } problem ? ProblemResult.WriteAsync(context, problem) : next(context);
    }

    private Problem? Check(HttpContext context)
    {
        if (site.Refusal(context.Request) is { } refusal)
        {
            return ApiProblem.Forbidden(refusal);
        }

        if (OldProtocol(context.Request) is { } old)
        {
            return old;
        }

        if (context.GetEndpoint() is not { } endpoint)
        {
            // Nothing is there: the answer is 404 for everybody.
            return null;
        }

        var caller = callers.Read(context.Request);
        if (caller is null)
        {
            return ApiProblem.Unauthenticated("The token is wrong or has expired.");
        }

        context.Features.Set(caller);
        var rule = endpoint.Metadata.GetMetadata<AccessRule>();

        // Endpoints that routing makes up (405) hold nothing to protect.
        return rule is null && endpoint.Metadata.Count == 0
            ? null
            : Judge((rule ?? AccessRule.Default).Access, caller);
    }

    private Problem? Judge(Access access, Caller caller)
    {
        var isAllowed = access switch
        {
            Access.Everybody => true,
            Access.Reader => !isPrivate || caller.IsOperator,
            Access.Fetcher => !isPrivate || caller.IsOperator || caller.Agent is not null,
            Access.Contributor => caller.IsOperator || caller.Agent is not null,
            Access.Agent => caller.Agent is not null,
            Access.Operator => caller.IsOperator,
            _ => false,
        };
        if (isAllowed)
        {
            return null;
        }

        var needed = access switch
        {
            Access.Agent => "an agent's token (POST /v1/agents/challenge, then /v1/agents/token)",
            Access.Contributor or Access.Fetcher => "the operator's token or an agent's",
            _ => "the operator's token (operator.token in the coordinator's data folder)",
        };
        return caller == Caller.Anonymous
            ? ApiProblem.Unauthenticated($"This needs {needed}: send it as Authorization: Bearer.")
            : ApiProblem.Forbidden($"This needs {needed}; the token sent is another one.");
    }

    private static Problem? OldProtocol(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(ProtocolVersion.Header, out var header))
        {
            return null;
        }

        if (!int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return ApiProblem.Malformed($"The header {ProtocolVersion.Header} is a number, not '{header}'.");
        }

        return version >= ProtocolVersion.Minimum
            ? null
            : ApiProblem.UpgradeRequired(
                $"Protocol version {version} is no longer spoken; the lowest is {ProtocolVersion.Minimum}.");
    }
}
