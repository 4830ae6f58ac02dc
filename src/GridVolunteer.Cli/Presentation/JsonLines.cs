using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace GridVolunteer.Cli.Presentation;

/// <summary>Writes JSON for scripts: one value a line, as the API writes it.</summary>
public static class JsonLines
{
    /// <summary>
    /// Nothing is escaped that JSON itself does not ask for: the readers are people and scripts, not web
    /// pages.
    /// </summary>
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one value on one line of standard output.</summary>
    public static void WriteJson<T>(this Terminal terminal, T value, JsonTypeInfo<T> type)
    {
        terminal.WriteJson(ToNode(value, type));
    }

    /// <summary>Writes one value on one line of standard output.</summary>
    public static void WriteJson(this Terminal terminal, JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        ArgumentNullException.ThrowIfNull(value);
        terminal.Out.WriteLine(value.ToJsonString(Readable));
        terminal.Out.Flush();
    }

    /// <summary>Writes several values as one array, an item a line.</summary>
    public static void WriteJsonArray<T>(this Terminal terminal, IReadOnlyList<T> items, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count == 0)
        {
            terminal.Out.WriteLine("[]");
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var end = i == items.Count - 1 ? "]" : ",";
            terminal.Out.WriteLine($"{(i == 0 ? "[" : " ")}{ToNode(items[i], type).ToJsonString(Readable)}{end}");
        }
    }

    /// <summary>A value as a node, to be put together with others.</summary>
    public static JsonNode ToNode<T>(T value, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToNode(value, type)
            ?? throw new InvalidOperationException("The value is null.");
}
