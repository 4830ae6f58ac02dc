using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GridVolunteer.Coordinator.Api;

/// <summary>Serves bytes that came from volunteers and submitters, with ranges.</summary>
public static class RawBytes
{
    /// <summary>Binary data of no stated kind.</summary>
    public const string OctetStream = "application/octet-stream";

    /// <summary>Serves a stream; the answer disposes it.</summary>
    public static IResult Of(HttpContext context, Stream bytes, string mediaType, string tag)
    {
        Protect(context.Response);
        return Results.Stream(bytes, Safe(mediaType), entityTag: Tag(tag), enableRangeProcessing: true);
    }

    /// <summary>Serves a block of memory.</summary>
    public static IResult Of(HttpContext context, ReadOnlyMemory<byte> bytes, string mediaType, string tag)
    {
        Protect(context.Response);
        return Results.Bytes(bytes, Safe(mediaType), entityTag: Tag(tag), enableRangeProcessing: true);
    }

    /// <summary>A browser that is pointed here must neither guess the type nor run what it finds.</summary>
    private static void Protect(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
    }

    private static string Safe(string mediaType) =>
        MediaTypeHeaderValue.TryParse(mediaType, out var parsed) ? parsed.ToString() : OctetStream;

    private static EntityTagHeaderValue Tag(string tag) => new($"\"{tag}\"");
}
