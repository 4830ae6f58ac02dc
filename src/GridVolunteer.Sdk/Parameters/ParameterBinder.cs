using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using GridVolunteer.Sdk.Hosting;
using GridVolunteer.Sdk.Serialization;

namespace GridVolunteer.Sdk.Parameters;

/// <summary>
/// Makes a record of parameters from what a submitter gave, and tells what the record takes. All faults are
/// reported at once, in one message for the submitter.
/// </summary>
internal sealed class ParameterBinder<TParameters>
    where TParameters : notnull
{
    private readonly JsonTypeInfo<TParameters> _type;
    private readonly ParameterProperty[] _properties;

    public ParameterBinder(JsonBytes json)
    {
        _type = json.TypeInfo<TParameters>();
        if (_type.Kind != JsonTypeInfoKind.Object)
        {
            throw new InvalidOperationException(
                $"Parameters must be a record, and {typeof(TParameters).Name} is none.");
        }

        _properties =
            [.. _type.Properties.Where(p => !p.IsExtensionData).Select(p => new ParameterProperty(p))];
        AcceptsOthers = _type.Properties.Any(p => p.IsExtensionData);
    }

    /// <summary>
    /// Whether the record has a property for parameters of any other name (<c>[JsonExtensionData]</c>).
    /// </summary>
    public bool AcceptsOthers { get; }

    /// <summary>What the record takes, in the order of its properties.</summary>
    public IReadOnlyList<ParameterInfo> Describe()
    {
        var prototype = Prototype();
        return [.. _properties.Select(p => new ParameterInfo(
            p.Name, p.TypeText, p.IsRequired ? null : prototype is null ? "" : p.TextOf(prototype),
            p.Summary))];
    }

    /// <summary>Makes the record.</summary>
    /// <param name="given">A JSON object; its strings may hold the text of any type.</param>
    /// <param name="validate">The author's own checks: a sentence for each fault.</param>
    /// <exception cref="WorkloadException">The parameters are wrong.</exception>
    public TParameters Bind(JsonElement given, Func<TParameters, IEnumerable<string>> validate)
    {
        var faults = new List<string>();
        var values = Convert(given, faults);
        Throw(faults);
        TParameters parameters;
        try
        {
            parameters = values.Deserialize(_type)!;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new WorkloadException($"The parameters are wrong: {e.Message}", e);
        }

        faults.AddRange(validate(parameters));
        Throw(faults);
        return parameters;
    }

    /// <summary>The record from what <see cref="Write"/> wrote on another machine.</summary>
    public TParameters Read(JsonElement planned) =>
        planned.Deserialize(_type) ?? throw new InvalidDataException("The job's parameters are null.");

    /// <summary>The record as JSON, defaults filled in.</summary>
    public JsonElement Write(TParameters parameters) => JsonSerializer.SerializeToElement(parameters, _type);

    private JsonObject Convert(JsonElement given, List<string> faults)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            throw new WorkloadException($"Parameters are one JSON object, not {given.ValueKind}.");
        }

        var values = new JsonObject();
        foreach (
            var item in given.EnumerateObject().Where(item => item.Value.ValueKind != JsonValueKind.Null))
        {
            var property = Array.Find(
                _properties, p => string.Equals(p.Name, item.Name, StringComparison.OrdinalIgnoreCase));
            var name = property?.Name ?? item.Name;
            if (values.ContainsKey(name))
            {
                faults.Add($"{name} is given twice");
            }
            else if (property is not null)
            {
                values[name] = property.Convert(item.Value, faults);
            }
            else if (AcceptsOthers)
            {
                values[name] = JsonNode.Parse(item.Value.GetRawText());
            }
            else
            {
                faults.Add(Unknown(name));
            }
        }

        faults.AddRange(_properties.Where(p => p.IsRequired && !values.ContainsKey(p.Name)).Select(Missing));
        return values;
    }

    private string Unknown(string name)
    {
        var known = _properties.Select(p => p.Name).ToArray();
        var hint = NearMiss.Of(name, known) is { } near ? $", did you mean '{near}'?" : "";
        return known.Length == 0
            ? $"there is no parameter '{name}': this workload takes none"
            : $"there is no parameter '{name}'{hint} (known: {string.Join(", ", known)})";
    }

    private static string Missing(ParameterProperty property) =>
        $"{property.Name} is missing: {(property.Summary.Length > 0 ? property.Summary : property.TypeText).TrimEnd('.')}";

    private static void Throw(List<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new WorkloadException(faults.Count == 1
                ? $"The parameters are wrong: {faults[0]}."
                : $"The parameters are wrong:{string.Concat(faults.Select(f => $"\n- {f}."))}");
        }
    }

    /// <summary>
    /// A record that shows the defaults, or null when its constructor does not stand dummies.
    /// </summary>
    private object? Prototype()
    {
        try
        {
            var dummies = _properties.Where(p => p.IsRequired).Select(
                p => KeyValuePair.Create(p.Name, p.Dummy()));
            return new JsonObject(dummies).Deserialize(_type);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
