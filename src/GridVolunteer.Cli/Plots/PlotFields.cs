using System.Text.Json;
using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// From JSON to <see cref="Plot"/>, field by field, so that a fault names its field. Fields that are not
/// known are ignored, as everywhere.
/// </summary>
internal static class PlotFields
{
    private static readonly Dictionary<string, PlotKind> Kinds = new(StringComparer.Ordinal)
    {
        ["line"] = PlotKind.Line,
        ["points"] = PlotKind.Points,
        ["bars"] = PlotKind.Bars,
        ["band"] = PlotKind.Band,
    };

    public static IReadOnlyList<Plot> ReadPlots(JsonElement element)
    {
        var plots = ReadList(element, "plots", PlotLimits.PlotsMax, ReadPlot);
        return plots.Length > 0 ? plots : throw new PlotFormatException("plots", "It is empty.");
    }

    private static Plot ReadPlot(JsonElement element, string path)
    {
        var title = ReadText(element, "title", path);
        var x = ReadAxis(element, "x", path);
        var y = ReadAxis(element, "y", path);
        var series = ReadList(
            Field(element, "series", path), $"{path}.series", PlotLimits.SeriesMax, ReadSeries);
        return Make(path, () => new Plot(title, x, y, series));
    }

    private static PlotAxis ReadAxis(JsonElement plot, string name, string path)
    {
        var (element, own) = (Field(plot, name, path), $"{path}.{name}");
        var label = ReadText(element, "label", own);
        var isGiven = element.TryGetProperty("logarithmic", out var flag);
        var logarithmic = isGiven ? flag.ValueKind : JsonValueKind.False;
        return logarithmic is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null
            ? Make(own, () => new PlotAxis(label, logarithmic == JsonValueKind.True))
            : throw new PlotFormatException($"{own}.logarithmic", "It is neither true nor false.");
    }

    private static PlotSeries ReadSeries(JsonElement element, string path)
    {
        var name = ReadText(element, "name", path);
        if (!Kinds.TryGetValue(ReadText(element, "kind", path), out var kind))
        {
            throw new PlotFormatException($"{path}.kind", $"It is none of {string.Join(", ", Kinds.Keys)}.");
        }

        var x = ReadNumbers(element, "x", path);
        var y = ReadNumbers(element, "y", path);
        var high = element.TryGetProperty("high", out var upper) && upper.ValueKind != JsonValueKind.Null
            ? ReadNumbers(element, "high", path)
            : null;
        return Make(path, () => new PlotSeries(name, kind, x, y) { High = high });
    }

    private static double[] ReadNumbers(JsonElement series, string name, string path) =>
        ReadList(Field(series, name, path), $"{path}.{name}", PlotLimits.PointsMax, static (element, path) =>
            element.ValueKind == JsonValueKind.Number
                ? element.GetDouble()
                : throw new PlotFormatException(path, "It is not a number."));

    private static string ReadText(JsonElement parent, string name, string path)
    {
        var element = Field(parent, name, path);
        return element.ValueKind == JsonValueKind.String
            ? element.GetString()!
            : throw new PlotFormatException($"{path}.{name}", "It is not a text.");
    }

    private static JsonElement Field(JsonElement parent, string name, string path)
    {
        if (parent.ValueKind != JsonValueKind.Object)
        {
            throw new PlotFormatException(path, "It is not an object.");
        }

        return parent.TryGetProperty(name, out var element)
            ? element
            : throw new PlotFormatException($"{path}.{name}", "It is missing.");
    }

    private static T[] ReadList<T>(
        JsonElement list, string path, int countMax, Func<JsonElement, string, T> read)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new PlotFormatException(path, "It is not an array.");
        }

        var count = list.GetArrayLength();
        if (count > countMax)
        {
            throw new PlotFormatException(path, $"It has {count} items; at most {countMax} can be drawn.");
        }

        var items = new T[count];
        var i = 0;
        foreach (var element in list.EnumerateArray())
        {
            items[i] = read(element, $"{path}[{i}]");
            i++;
        }

        return items;
    }

    /// <summary>What the SDK's own rules refuse is a fault of the field they name.</summary>
    private static T Make<T>(string path, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            var message = e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
            throw new PlotFormatException($"{path}.{e.ParamName?.ToLowerInvariant()}", message, e);
        }
    }
}
