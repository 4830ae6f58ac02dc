using System.Globalization;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace GridVolunteer.Coordinator.Api;

/// <summary>The live stream.</summary>
public static class EventEndpoint
{
    private const string ResumeHeader = "Last-Event-ID";

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(ApiRoutes.Events, StreamAsync)
        .For(Access.Reader)
        .Described(
            "events", "What happens, as server-sent events.",
            "Resumes behind Last-Event-ID; what can no longer be sent is announced by an event of kind 'gap'. A "
            + "reader that is too slow is cut off.")
        .Produces(200, contentType: "text/event-stream")
        .Problems(400, 429);

    private static async Task<IResult> StreamAsync(
        HttpContext context, string? job, EventStream stream, EventReaders readers,
        IHostApplicationLifetime lifetime)
    {
        var only = Binding.OptionalId<JobId>(job);
        var resume = ResumeBehind(context.Request);
        using var place = readers.TryEnter();
        if (place is null)
        {
            return new ProblemResult(ApiProblem.TooMany($"At most {readers.Max} read events at a time."));
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache,no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await stream.WriteAsync(context.Response.BodyWriter, only, resume, ended.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The service stops: the stream ends here, and readers resume with the next start.
        }
        catch (TimeoutException)
        {
            // Cut off: this reader is slower than what happens.
            context.Abort();
        }

        return Results.Empty;
    }

    private static long? ResumeBehind(HttpRequest request)
    {
        string? header = request.Headers[ResumeHeader];
        if (string.IsNullOrEmpty(header))
        {
            return null;
        }

        // An id that was never given out is one that the ring does not reach: a gap.
        return long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && position < long.MaxValue ? position : 0;
    }
}
