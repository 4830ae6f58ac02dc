using System.Text.Json;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// The outermost layer: whatever goes wrong inside becomes a problem, so that no error leaves without saying
/// what it is.
/// </summary>
/// <param name="next">The rest.</param>
/// <param name="lifetime">Tells a stop from other cancellations.</param>
/// <param name="logger">For faults that are ours.</param>
public sealed partial class ProblemMiddleware(
    RequestDelegate next, IHostApplicationLifetime lifetime, ILogger<ProblemMiddleware> logger)
{
    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null }
                or { HasStarted: false, StatusCode: StatusCodes.Status416RangeNotSatisfiable })
            {
                await ProblemResult.WriteAsync(context, OfStatus(context));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException
            && context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone; nobody reads an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted && OfException(context, e) is { } problem)
        {
            if (problem.Status == StatusCodes.Status500InternalServerError)
            {
                LogFault(e, context.Request.Method, context.Request.Path);
            }

            context.Response.Clear();
            await ProblemResult.WriteAsync(context, problem);
        }
        catch (Exception e) when (context.Response.HasStarted)
        {
            // Half an answer is out: breaking the connection is the only way to say that it is not whole.
            LogBroken(e, context.Request.Method, context.Request.Path);
            context.Abort();
        }
    }

    private Problem? OfException(HttpContext context, Exception exception) => exception switch
    {
        StorageUnavailableException e => ApiProblem.Unavailable(e.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(context),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            ApiProblem.UnsupportedMediaType("Send application/json."),
        BadHttpRequestException when context.Request.ContentLength == 0 =>
            ApiProblem.Malformed("The body is empty: JSON is expected."),
        BadHttpRequestException { InnerException: JsonException e } =>
            ApiProblem.Malformed(JsonFault.Describe(e)),
        BadHttpRequestException e => ApiProblem.Malformed(e.Message),
        JsonException e => ApiProblem.Malformed(JsonFault.Describe(e)),
        OperationCanceledException when lifetime.ApplicationStopping.IsCancellationRequested =>
            ApiProblem.Unavailable("The coordinator stops."),
        _ => ApiProblem.Internal,
    };

    private static Problem OfStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound =>
            ApiProblem.NotFound($"There is nothing at {context.Request.Path}. See /openapi/v1.json."),
        StatusCodes.Status405MethodNotAllowed => ApiProblem.MethodNotAllowed(
            $"{context.Request.Path} takes {context.Response.Headers.Allow}, not {context.Request.Method}."),
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        StatusCodes.Status415UnsupportedMediaType =>
            ApiProblem.UnsupportedMediaType("Send application/json."),
        StatusCodes.Status416RangeNotSatisfiable => ApiProblem.RangeNotSatisfiable(
            context.Response.GetTypedHeaders().ContentRange?.Length ?? 0),
        var status =>
            new Problem { Type = "about:blank", Title = "The request was refused", Status = status },
    };

    private static Problem TooLarge(HttpContext context) => ApiProblem.TooLarge(
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0);
}
