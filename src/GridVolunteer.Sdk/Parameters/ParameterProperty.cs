using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace GridVolunteer.Sdk.Parameters;

/// <summary>One property of the record of parameters: its name, type, meaning and limits.</summary>
internal sealed class ParameterProperty
{
    private readonly JsonPropertyInfo _json;
    private readonly ValidationAttribute[] _limits;

    public ParameterProperty(JsonPropertyInfo json)
    {
        _json = json;
        var attributes = Attributes(json.AttributeProvider)
            .Concat(Attributes(json.AssociatedParameter?.AttributeProvider))
            .ToArray();
        Summary = attributes.OfType<DescriptionAttribute>().FirstOrDefault()?.Description ?? "";
        _limits = [.. attributes.OfType<ValidationAttribute>()];
        TypeText = ParameterText.Describe(json.PropertyType, json.Options);
    }

    public string Name => _json.Name;

    public bool IsRequired => _json.IsRequired;

    public string Summary { get; }

    public string TypeText { get; }

    /// <summary>
    /// The value as JSON of the property's type; what is wrong with it is added to the faults.
    /// </summary>
    public JsonNode? Convert(JsonElement given, List<string> faults)
    {
        var text = given.ValueKind == JsonValueKind.String ? given.GetString()! : given.GetRawText();
        var node = given.ValueKind == JsonValueKind.String || _json.PropertyType == typeof(string)
            ? ParameterText.Parse(text, _json.PropertyType, _json.Options)
            : JsonNode.Parse(text);
        if (node is null || !TryRead(node, out var value))
        {
            faults.Add($"{Name} is '{text}', but must be {WithArticle(TypeText)}");
            return null;
        }

        faults.AddRange(
            _limits.Where(limit => !limit.IsValid(value)).Select(limit => Sentence(limit, value)));
        return node;
    }

    /// <summary>
    /// A value that any constructor should stand, for finding the defaults of the other properties.
    /// </summary>
    public JsonNode? Dummy()
    {
        var type = _json.PropertyType;
        return type switch
        {
            _ when type == typeof(string) => JsonValue.Create(""),
            { IsValueType: true } => ToNode(Activator.CreateInstance(type)),
            _ when _json.Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable => new JsonArray(),
            _ => new JsonObject(),
        };
    }

    /// <summary>The property's value as text for people.</summary>
    public string TextOf(object parameters)
    {
        var node = ToNode(_json.Get?.Invoke(parameters));
        return node switch
        {
            null => "none",
            JsonArray list when list.All(i => i is JsonValue) =>
                string.Join(",", list.Select(i => i!.ToString())),
            JsonValue value => value.ToString(),
            _ => node.ToJsonString(),
        };
    }

    private string Sentence(ValidationAttribute limit, object? value) => limit switch
    {
        RangeAttribute range => $"{Name} is {value}, but must be from {range.Minimum} to {range.Maximum}",
        _ => limit.FormatErrorMessage(Name).TrimEnd('.'),
    };

    private bool TryRead(JsonNode node, out object? value)
    {
        value = null;
        if (_json.CustomConverter is not null)
        {
            return true;
        }

        try
        {
            value = node.Deserialize(_json.Options.GetTypeInfo(_json.PropertyType));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private JsonNode? ToNode(object? value) =>
        JsonSerializer.SerializeToNode(value, _json.Options.GetTypeInfo(_json.PropertyType));

    private static string WithArticle(string type) => type switch
    {
        "integer" => "an integer in range",
        "number" => "a number",
        "JSON" => "JSON",
        _ when type.StartsWith("list", StringComparison.Ordinal) => $"a {type} with commas",
        _ when type.Contains(' ') || type == "text" => type,
        _ => $"a {type}",
    };

    private static IEnumerable<Attribute> Attributes(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(inherit: true).OfType<Attribute>() ?? [];
}
