using System.Globalization;
using System.Text.Json;

namespace GridVolunteer.Coordinator.Api;

/// <summary>Says to people what is wrong with their JSON.</summary>
public static class JsonFault
{
    /// <summary>The fault in a sentence, with the place where the reader knows it.</summary>
    public static string Describe(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);

        // The reader appends "Path: … | LineNumber: … | BytePositionInLine: …", with lines from 0.
        var cut = fault.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var lines = fault.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        var end = cut >= 0 ? cut : lines >= 0 ? lines : fault.Message.Length;
        var message = fault.Message[..end].TrimEnd();
        var place = fault.LineNumber is { } line
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" (line {line + 1}, byte {fault.BytePositionInLine + 1}, at {fault.Path ?? "$"})")
            : "";
        return $"The JSON cannot be read: {message}{place}";
    }
}
