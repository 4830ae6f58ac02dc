using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace GridVolunteer.Sdk.Parameters;

/// <summary>
/// Turns the text of a command line into the JSON of a property's type, and names types for people.
/// </summary>
internal static class ParameterText
{
    private const NumberStyles Numbers =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly HashSet<Type> Integers =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong),
    ];

    private static readonly HashSet<Type> Reals =
        [typeof(double), typeof(float), typeof(decimal), typeof(Half)];

    /// <summary>The type as people say it.</summary>
    public static string Describe(Type type, JsonSerializerOptions options)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when Integers.Contains(type) => "integer",
            _ when Reals.Contains(type) => "number",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(string) || type == typeof(char) => "text",
            { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type)),
            _ when ElementType(type, options) is { } element => $"list of {Describe(element, options)}",
            _ when options.GetTypeInfo(type).Kind == JsonTypeInfoKind.None => type.Name,
            _ => "JSON",
        };
    }

    /// <summary>The JSON for a text, or null when the text is nothing of that type.</summary>
    public static JsonNode? Parse(string text, Type type, JsonSerializerOptions options)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Integers.Contains(type))
        {
            return decimal.TryParse(text, Numbers, CultureInfo.InvariantCulture, out var whole)
                && decimal.IsInteger(whole)
                ? JsonNode.Parse(whole.ToString("0", CultureInfo.InvariantCulture))
                : null;
        }

        if (Reals.Contains(type))
        {
            return ParseReal(text, type);
        }

        if (type == typeof(bool))
        {
            return text.ToLowerInvariant() switch
            {
                "true" or "yes" or "on" or "1" => JsonValue.Create(true),
                "false" or "no" or "off" or "0" => JsonValue.Create(false),
                _ => null,
            };
        }

        if (type.IsEnum)
        {
            var name = Enum.GetNames(type).FirstOrDefault(
                n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase));
            return name is null ? null : JsonValue.Create(name);
        }

        if (ElementType(type, options) is { } element)
        {
            return text.StartsWith('[') ? ParseJson(text) : ParseList(text, element, options);
        }

        return options.GetTypeInfo(type).Kind == JsonTypeInfoKind.None
            ? JsonValue.Create(text)
            : ParseJson(text);
    }

    private static JsonNode? ParseReal(string text, Type type)
    {
        if (type == typeof(decimal))
        {
            return decimal.TryParse(text, Numbers, CultureInfo.InvariantCulture, out var exact)
                ? JsonValue.Create(exact)
                : null;
        }

        return double.TryParse(text, Numbers, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real)
            ? JsonValue.Create(real)
            : null;
    }

    private static JsonArray? ParseList(string text, Type element, JsonSerializerOptions options)
    {
        var list = new JsonArray();
        foreach (var part in text.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(part, element, options) is not { } item)
            {
                return null;
            }

            list.Add(item);
        }

        return list;
    }

    private static JsonNode? ParseJson(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Type? ElementType(Type type, JsonSerializerOptions options) =>
        options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable } info ? info.ElementType : null;
}
