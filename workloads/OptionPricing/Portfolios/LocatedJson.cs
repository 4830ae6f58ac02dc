using System.Text;
using System.Text.Json;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>
/// A value of a JSON text that knows its line, which System.Text.Json's documents do not; messages need it.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">The line it begins in, from 1.</param>
/// <param name="Text">A scalar's text, a number's as it is written; else empty.</param>
/// <param name="Items">A list's values, an object's properties.</param>
internal sealed record LocatedJson(
    JsonNodeKind Kind, int Line, string Text, IReadOnlyList<(string Name, LocatedJson Value)> Items)
{
    /// <summary>Values without names: a list's.</summary>
    public IEnumerable<LocatedJson> Values => Items.Select(item => item.Value);

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="JsonException">It is no JSON; the exception knows the line.</exception>
    public static LocatedJson Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var lines = new LineCount(utf8);
        reader.Read();
        var root = ReadValue(ref reader, ref lines);
        reader.Read();
        return root;
    }

    private static LocatedJson ReadValue(ref Utf8JsonReader reader, ref LineCount lines)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var properties = new List<(string, LocatedJson)>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = TextOf(ref reader, ref lines);
                    reader.Read();
                    properties.Add((name, ReadValue(ref reader, ref lines)));
                }

                return new LocatedJson(JsonNodeKind.Object, line, "", properties);
            case JsonTokenType.StartArray:
                var values = new List<(string, LocatedJson)>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    values.Add(("", ReadValue(ref reader, ref lines)));
                }

                return new LocatedJson(JsonNodeKind.List, line, "", values);
            case JsonTokenType.Null:
                return new LocatedJson(JsonNodeKind.Nothing, line, "", []);
            case JsonTokenType.String:
                return new LocatedJson(JsonNodeKind.Scalar, line, TextOf(ref reader, ref lines), []);
            default:
                var text = Encoding.UTF8.GetString(reader.ValueSpan);
                return new LocatedJson(JsonNodeKind.Scalar, line, text, []);
        }
    }

    private static string TextOf(ref Utf8JsonReader reader, ref LineCount lines)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // The reader checks escapes only when the text is asked for.
            var line = lines.At(reader.TokenStartIndex);
            throw new JsonException(
                "a text holds half of a character, written as \\u…", path: null, line - 1, null, e);
        }
    }

    /// <summary>Counts lines up to places that only grow.</summary>
    private ref struct LineCount(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private int _counted;
        private int _line = 1;

        public int At(long place)
        {
            _line += _utf8[_counted..(int)place].Count((byte)'\n');
            _counted = (int)place;
            return _line;
        }
    }
}
