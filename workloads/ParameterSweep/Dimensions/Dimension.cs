using System.Text.Json;
using System.Text.RegularExpressions;
using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.ParameterSweep.Dimensions;

/// <summary>A dimension of the sweep: a name and its values.</summary>
internal sealed partial class Dimension
{
    private Dimension(string name, IValues values)
    {
        Name = name;
        Values = values;
    }

    /// <summary>A name: a letter or _, then letters, digits, _ and -.</summary>
    public const string NamePattern = "[A-Za-z_][A-Za-z0-9_-]*";

    public string Name { get; }

    public IValues Values { get; }

    /// <summary>
    /// Reads what the submitter gave: a range, a list with commas whose parts may be ranges, or one value. A
    /// JSON array, also as text, is a list whose items are taken as they are, commas and all.
    /// </summary>
    /// <exception cref="WorkloadException">It makes no sense; the message says what would.</exception>
    public static Dimension Parse(string name, JsonElement given)
    {
        if (!NameOnly().IsMatch(name))
        {
            throw new WorkloadException(
                $"'{name}' cannot name a dimension: take a letter, then letters, digits, '_' or '-'.");
        }

        var parts = given.ValueKind switch
        {
            JsonValueKind.Array => Items(name, given),
            JsonValueKind.String when given.GetString()!.StartsWith('[') =>
                Items(name, ParseArray(name, given.GetString()!)),
            JsonValueKind.String => Parts(name, given.GetString()!),
            _ => [new SingleValue(TextOf(name, given))],
        };
        return parts.Count switch
        {
            0 => throw new WorkloadException(
                $"'{name}' has no values: give it as {name}=1..10, {name}=a,b,c or {name}=5."),
            1 => new Dimension(name, parts[0]),
            _ => new Dimension(name, new JoinedValues(parts)),
        };
    }

    private static List<IValues> Parts(string name, string text)
    {
        var parts = new List<IValues>();
        if (text.Trim().Length == 0)
        {
            return parts;
        }

        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            parts.Add(part.Length > 0
                ? RangeValues.TryParse(part, name) ?? (IValues)new SingleValue(part)
                : throw new WorkloadException(
                    $"'{name}' has an empty value in '{text}'. For an empty or unusual text write JSON: {name}='[\"a,b\",\"\"]'."));
        }

        return parts;
    }

    private static List<IValues> Items(string name, JsonElement array) =>
        [.. array.EnumerateArray().Select(item => new SingleValue(TextOf(name, item)))];

    private static JsonElement ParseArray(string name, string text)
    {
        try
        {
            var array = JsonElement.Parse(text);
            return array.ValueKind == JsonValueKind.Array
                ? array
                : throw new JsonException("It is no array.");
        }
        catch (JsonException e)
        {
            throw new WorkloadException(
                $"'{name}' starts with '[' and should be a JSON array: {e.Message}", e);
        }
    }

    private static string TextOf(string name, JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => item.GetRawText(),
        _ => throw new WorkloadException(
            $"A value of '{name}' is {item.ValueKind}; values are texts and numbers."),
    };

    [GeneratedRegex($@"\A{NamePattern}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NameOnly();
}
