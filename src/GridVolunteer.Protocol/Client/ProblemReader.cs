using System.Text.Json;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;

namespace GridVolunteer.Protocol.Client;

/// <summary>Turns a refusal into a <see cref="CoordinatorProblemException"/>, whatever its body is.</summary>
internal static class ProblemReader
{
    private const int BodySizeBytesMax = 64 * 1024;

    /// <summary>Reads at most 64 KiB of the body; one that is no problem leaves status and reason.</summary>
    public static async Task<CoordinatorProblemException> ReadAsync(
        HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await BodyAsync(response, cancellation);
        var title = body?.Title
            ?? $"The coordinator answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        return new CoordinatorProblemException(response.StatusCode, title, body?.Detail, body?.Errors)
        {
            Type = body?.Type,
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    private static async Task<Problem?> BodyAsync(
        HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType != Problem.MediaType)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[BodySizeBytesMax];
        var length = await stream.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), ProtocolJson.Default.Problem);
        }
        catch (JsonException)
        {
            // The status alone has to do: something else than a coordinator answered.
            return null;
        }
    }
}
