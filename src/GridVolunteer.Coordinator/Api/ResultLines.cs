using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// Writes results as NDJSON: one line a unit, byte for byte what the unit returned when that is JSON.
/// </summary>
public static class ResultLines
{
    /// <summary>A unit with a valid result.</summary>
    public static void WriteValid(IBufferWriter<byte> output, long unit, PackedResult result)
    {
        ArgumentNullException.ThrowIfNull(output);
        Begin(output, unit, "valid"u8);
        if (result.IsBlob)
        {
            output.Write(",\"blob\":\""u8);
            WriteText(output, result.Blob.ToString());
            output.Write("\""u8);
        }
        else if (IsJson(result.Bytes))
        {
            output.Write(",\"result\":"u8);
            WriteOnOneLine(output, result.Bytes);
        }
        else
        {
            output.Write(",\"resultBase64\":\""u8);
            WriteBase64(output, result.Bytes);
            output.Write("\""u8);
        }

        output.Write("}\n"u8);
    }

    /// <summary>A unit that failed for good.</summary>
    public static void WriteFailed(IBufferWriter<byte> output, long unit, string? error)
    {
        ArgumentNullException.ThrowIfNull(output);
        Begin(output, unit, "failed"u8);
        if (error is not null)
        {
            output.Write(",\"error\":\""u8);
            output.Write(JsonEncodedText.Encode(error).EncodedUtf8Bytes);
            output.Write("\""u8);
        }

        output.Write("}\n"u8);
    }

    private static void Begin(IBufferWriter<byte> output, long unit, ReadOnlySpan<byte> state)
    {
        output.Write("{\"unit\":"u8);
        var span = output.GetSpan(20);
        unit.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
        output.Write(",\"state\":\""u8);
        output.Write(state);
        output.Write("\""u8);
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        // Most binary results show in their first byte.
        if (bytes.IsEmpty || bytes[0] is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or > 0x7e
            || !Utf8.IsValid(bytes))
        {
            return false;
        }

        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
            {
                // The text of strings is checked when it is read, not when it is passed.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                    && reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON: it goes out as base64.
            return false;
        }
    }

    /// <summary>Line ends stand only between JSON's tokens, where a space is as good.</summary>
    private static void WriteOnOneLine(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        var span = output.GetSpan(json.Length);
        json.CopyTo(span);
        span[..json.Length].Replace((byte)'\n', (byte)' ');
        span[..json.Length].Replace((byte)'\r', (byte)' ');
        output.Advance(json.Length);
    }

    private static void WriteBase64(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        var span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, span, out _, out var written);
        output.Advance(written);
    }

    private static void WriteText(IBufferWriter<byte> output, string ascii)
    {
        var span = output.GetSpan(ascii.Length);
        output.Advance(Encoding.ASCII.GetBytes(ascii, span));
    }
}
