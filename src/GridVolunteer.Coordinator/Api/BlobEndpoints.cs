using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Telemetry;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace GridVolunteer.Coordinator.Api;

/// <summary>Blobs: asked about, put, read.</summary>
public static class BlobEndpoints
{
    /// <summary>The most blobs that are asked about at a time.</summary>
    public const int MissingMax = 10_000;

    /// <summary>
    /// The slowest upload that is waited for; a laptop on a bad line gets its minute to come back.
    /// </summary>
    private static readonly MinDataRate UploadRate = new(
        bytesPerSecond: 64, gracePeriod: TimeSpan.FromSeconds(60));

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiRoutes.MissingBlobs, Missing)
            .For(Access.Contributor)
            .Described("missing", "Which of these blobs does the coordinator lack? At most 10,000 at a time.")
            .Produces<MissingAnswer>()
            .Problems(400, 401);
        routes.MapPut("/v1/blobs/{id}", PutAsync)
            .For(Access.Contributor)
            .Described(
                "putBlob", "Uploads a blob.",
                "Its name is its Merkle root and its length; bytes that do not match are refused, and nothing is "
                + "kept.")
            .Accepts<Stream>(RawBytes.OctetStream)
            .Produces(204)
            .Problems(400, 401, 413, 422, 429, 503);
        routes.MapGet("/v1/blobs/{id}", Get)
            .For(Access.Fetcher)
            .Described("blob", "Reads a blob, with ranges.")
            .Produces(200, contentType: RawBytes.OctetStream)
            .Problems(400, 404, 416);
        routes.MapMethods("/v1/blobs/{id}", [HttpMethods.Head], Get)
            .For(Access.Fetcher)
            .Described("headBlob", "Whether a blob is here.")
            .Produces(200, contentType: RawBytes.OctetStream)
            .Problems(400, 404);
    }

    private static IResult Missing(MissingRequest request, BlobStore blobs)
    {
        if (request.Blobs.Count > MissingMax)
        {
            return new ProblemResult(ApiProblem.Malformed($"blobs lists at most {MissingMax}."));
        }

        return TypedResults.Ok(new MissingAnswer(blobs.Missing(request.Blobs)));
    }

    private static async Task<IResult> PutAsync(
        HttpContext context, string id, BlobStore blobs, CoordinatorOptions options,
        UploadAllowance allowance,
        CoordinatorInstruments instruments)
    {
        var blob = Binding.Id<BlobId>(id);
        if (Refusal(context, blob, options, allowance, blobs) is { } problem)
        {
            return new ProblemResult(problem);
        }

        // One byte more than named shows that there is too much, without taking it all.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize =
            blob.LengthBytes + 1;
        context.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = UploadRate;
        switch (await blobs.PutAsync(blob, context.Request.Body, context.RequestAborted))
        {
            case BlobPutOutcome.TooLarge:
                return new ProblemResult(ApiProblem.TooLarge(blobs.BlobSizeBytesMax));
            case BlobPutOutcome.WrongBytes:
                return new ProblemResult(ApiProblem.WrongHash(
                    $"The bytes are not the {blob.LengthBytes} that the name says: they were changed on the way, or "
                    + "named wrongly. Nothing was kept."));
            case BlobPutOutcome.Existed:
                // Sent in vain, but a client that is still sending should not see its connection break.
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                return TypedResults.NoContent();
        }

        instruments.OnBlobReceived(blob.LengthBytes);
        return TypedResults.NoContent();
    }

    private static Protocol.Problems.Problem? Refusal(
        HttpContext context, BlobId blob, CoordinatorOptions options, UploadAllowance allowance,
        BlobStore blobs)
    {
        if (blob.LengthBytes > blobs.BlobSizeBytesMax)
        {
            return ApiProblem.TooLarge(blobs.BlobSizeBytesMax);
        }

        if (context.Request.ContentLength is { } length && length != blob.LengthBytes)
        {
            return ApiProblem.WrongHash($"The name says {blob.LengthBytes} bytes, Content-Length {length}.");
        }

        return context.Features.GetRequiredFeature<Caller>().Agent is { } agent
            && !blobs.Contains(blob) && !allowance.TryTake(agent, blob.LengthBytes)
                ? ApiProblem.TooMany(
                    $"An agent may upload {options.AgentUploadBytesPerHourMax} bytes an hour; this one has.")
                : null;
    }

    private static IResult Get(
        HttpContext context, string id, BlobStore blobs, CoordinatorInstruments instruments)
    {
        var blob = Binding.Id<BlobId>(id);
        if (blobs.TryOpen(blob) is not { } bytes)
        {
            return new ProblemResult(ApiProblem.NotFound($"Blob {blob} is not here."));
        }

        // What a name stands for never changes.
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        context.Response.OnCompleted(() =>
        {
            instruments.OnBlobSent(
                HttpMethods.IsHead(context.Request.Method) ? 0 : context.Response.ContentLength ?? 0);
            return Task.CompletedTask;
        });
        return RawBytes.Of(context, bytes, RawBytes.OctetStream, blob.ToString());
    }
}
