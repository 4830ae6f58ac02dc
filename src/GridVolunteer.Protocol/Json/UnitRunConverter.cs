using System.Text.Json;
using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Json;

/// <summary>JSON form of <see cref="UnitRun"/>: <c>[start, count]</c>.</summary>
public sealed class UnitRunConverter : JsonConverter<UnitRun>
{
    /// <inheritdoc/>
    public override UnitRun Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray
            && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var start)
            && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count)
            && reader.Read() && reader.TokenType == JsonTokenType.EndArray
            && start >= 0 && count >= 1 && start <= long.MaxValue - count)
        {
            return new UnitRun(start, count);
        }

        throw new JsonException("A run of units is [start, count] with start 0 or more and count 1 or more.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, UnitRun value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Start);
        writer.WriteNumberValue(value.Count);
        writer.WriteEndArray();
    }
}
