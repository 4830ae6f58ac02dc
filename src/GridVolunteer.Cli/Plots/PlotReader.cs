using System.Text.Json;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// Reads the pictures that an output carries: see <see cref="Plot"/>. Outputs come from volunteers, so
/// nothing is taken on trust, and what is too large is refused before it is held.
/// </summary>
public static class PlotReader
{
    /// <summary>The largest output that is searched for pictures.</summary>
    public const int OutputSizeBytesMax = 64 * 1024 * 1024;

    /// <summary>The most bytes that an output's pictures take; all numbers at full length fit.</summary>
    private const int PlotsSizeBytesMax = 32 * 1024 * 1024;

    /// <summary>The most values in an output's pictures; all numbers of all points fit.</summary>
    private const int PlotsTokensMax = 2_000_000;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };

    /// <summary>The pictures of an output, at least one.</summary>
    /// <param name="output">The whole output.</param>
    /// <param name="what">What to call it in messages: <c>The output of j17</c>.</param>
    /// <exception cref="CliException">It is not JSON, or has no pictures, or one is malformed; the message
    /// says where.</exception>
    public static IReadOnlyList<Plot> Read(ReadOnlyMemory<byte> output, string what)
    {
        try
        {
            var bytes = FindPlots(output, what);
            CheckSize(bytes.Span);

            using var document = JsonDocument.Parse(bytes);
            return PlotFields.ReadPlots(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new CliException(
                $"{what} is not JSON, so it has no pictures to draw ({Position(e)}).\n"
                + "Read it without --plot.", inner: e);
        }
        catch (InvalidOperationException e)
        {
            // Bytes that are no UTF-8, or half of a character written as \u: only who reads the text finds out.
            throw new CliException(
                $"{what} cannot be drawn: plots: A text in it is no Unicode.\nRead it without --plot.", inner: e);
        }
        catch (PlotFormatException e)
        {
            throw new CliException($"{what} cannot be drawn: {e.Path}: {PlainText.Of(e.Message)}", inner: e);
        }
    }

    /// <summary>
    /// Where <c>plots</c> lies. Reads to the end, so that half an output is not taken for a whole one.
    /// </summary>
    private static ReadOnlyMemory<byte> FindPlots(ReadOnlyMemory<byte> output, string what)
    {
        var reader = new Utf8JsonReader(WithoutMark(ref output), Strict);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            throw NoPlots(what);
        }

        ReadOnlyMemory<byte>? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPlots = found is null && reader.ValueTextEquals("plots"u8);
            reader.Read();
            var start = reader.TokenStartIndex;
            reader.Skip();
            if (isPlots)
            {
                found = output[(int)start..(int)reader.BytesConsumed];
            }
        }

        while (reader.Read())
        {
            // Whatever follows the object makes the reader throw.
        }

        return found ?? throw NoPlots(what);
    }

    /// <summary>Short values cost far more memory than bytes, so they are counted too.</summary>
    private static void CheckSize(ReadOnlySpan<byte> plots)
    {
        var tokens = 0;
        var reader = new Utf8JsonReader(plots, Strict);
        while (tokens <= PlotsTokensMax && reader.Read())
        {
            tokens++;
        }

        if (plots.Length > PlotsSizeBytesMax || tokens > PlotsTokensMax)
        {
            throw new PlotFormatException("plots", "It is larger than any pictures that can be drawn.");
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ref ReadOnlyMemory<byte> output)
    {
        var mark = "\uFEFF"u8;
        output = output.Span.StartsWith(mark) ? output[mark.Length..] : output;
        return output.Span;
    }

    private static CliException NoPlots(string what) => new(
        $"{what} has no pictures: it is no JSON object with an array 'plots'.\n"
        + "Workloads add pictures with Plot of the SDK; read this output without --plot.");

    private static string Position(JsonException e) =>
        $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
}
