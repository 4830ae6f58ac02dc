using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Protocol.Json;

/// <summary>
/// Writes an id as its string; a malformed one is a <see cref="JsonException"/> that says how it should look.
/// </summary>
public abstract class IdConverter<TId> : JsonConverter<TId>
    where TId : struct, IParsable<TId>
{
    /// <inheritdoc/>
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return TId.TryParse(text, null, out var id)
            ? id
            : throw new JsonException($"'{text}' is not a {typeof(TId).Name}.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override TId ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.TryParse(reader.GetString(), null, out var id)
            ? id
            : throw new JsonException($"A key is not a {typeof(TId).Name}.");

    /// <inheritdoc/>
    public override void WriteAsPropertyName(
        Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);
}
