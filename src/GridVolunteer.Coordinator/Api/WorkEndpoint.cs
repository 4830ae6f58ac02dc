using System.Buffers;
using System.Text.Json;
using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// The exchange of results for work, thousands of times a second: it reads the request's bytes and writes the
/// answer's itself, without binding, results or filters in between.
/// </summary>
/// <param name="broker">Serves the exchange.</param>
/// <param name="options">Says how long a request may wait.</param>
/// <param name="lifetime">Ends waits at a stop.</param>
public sealed class WorkEndpoint(Broker broker, CoordinatorOptions options, IHostApplicationLifetime lifetime)
{
    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes, WorkEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        routes.MapPost(ApiRoutes.Work, (RequestDelegate)endpoint.HandleAsync)
            .For(Access.Agent)
            .WithMetadata(
                new AcceptsMetadata(["application/json"], typeof(WorkRequest)),
                ((Delegate)endpoint.HandleAsync).Method)
            .Described(
                "work", "An exchange of results for work.",
                "What is acknowledged is durable, what is granted is leased. A repetition with the same requestId "
                + "gets the same answer. 409 with type 'introduce-yourself' means: send a heartbeat, then repeat.")
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(WorkAnswer), ["application/json"]))
            .WithMetadata([.. ((int[])[400, 401, 409, 413, 503]).Select(
                status => new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.MediaType]))]);
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await ProblemResult.WriteAsync(
                context, ApiProblem.UnsupportedMediaType("Send application/json."));
            return;
        }

        var request = await ReadAsync(context.Request, context.RequestAborted);
        if (WorkRules.Fault(request) is { } fault)
        {
            await ProblemResult.WriteAsync(context, ApiProblem.Malformed(fault));
            return;
        }

        var peer = context.Features.GetRequiredFeature<Caller>().RequireAgent();
        var answer = await broker.ExchangeAsync(
            peer, request, options.LongPollMax, lifetime.ApplicationStopping, context.RequestAborted);
        if (answer is null)
        {
            await ProblemResult.WriteAsync(context, ApiProblem.IntroduceYourself);
            return;
        }

        await WriteAsync(context.Response, answer, context.RequestAborted);
    }

    private static async ValueTask<WorkRequest> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        // Bounded by Kestrel's limit of a body; whatever has come is looked at again when more has.
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                try
                {
                    return Parse(read.Buffer);
                }
                finally
                {
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                }
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static WorkRequest Parse(ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return Parse(body.FirstSpan);
        }

        // One block: the reader decodes base64 of a single segment without a copy.
        var length = checked((int)body.Length);
        var block = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(block);
            return Parse(block.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static WorkRequest Parse(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, ProtocolJson.Default.WorkRequest)
        ?? throw new JsonException("The body is null.");

    private static async Task WriteAsync(
        HttpResponse response, WorkAnswer answer, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, ProtocolJson.Default.WorkAnswer);
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, cancellationToken);
    }
}
