using System.Globalization;
using System.Text.RegularExpressions;
using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.ParameterSweep.Dimensions;

/// <summary>
/// Numbers at equal steps: <c>1..300</c>, <c>0..1:0.1</c>, <c>10..1:-3</c>, <c>001..100</c>. Both ends belong
/// to it when a step meets them. Decimal arithmetic from the start by multiplication: 0.1 is 0.1, and nothing
/// drifts.
/// </summary>
internal sealed partial class RangeValues : IValues
{
    private readonly decimal _from;
    private readonly decimal _step;
    private readonly int _width;

    private RangeValues(decimal from, decimal step, long count, int width)
    {
        _from = from;
        _step = step;
        _width = width;
        Count = count;
    }

    public long Count { get; }

    public string this[long place]
    {
        get
        {
            // No trailing zeros and never an exponent: 0, 0.1, … 1.
            var text = (_from + (place * _step)).ToString(
                "0.############################", CultureInfo.InvariantCulture);
            return text.StartsWith('-')
                ? '-' + text[1..].PadLeft(Math.Max(0, _width - 1), '0')
                : text.PadLeft(_width, '0');
        }
    }

    /// <summary>The range a text writes, or null when it writes none.</summary>
    /// <exception cref="WorkloadException">It is a range, but an impossible one.</exception>
    public static RangeValues? TryParse(string text, string dimension)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var from = Number(match.Groups["from"].Value, dimension);
        var to = Number(match.Groups["to"].Value, dimension);
        var step = match.Groups["step"].Success ? Number(match.Groups["step"].Value, dimension) : 1;
        if (step == 0)
        {
            throw new WorkloadException($"The range {text} of '{dimension}' has a step of 0.");
        }

        if ((to - from) * Math.Sign(step) < 0)
        {
            throw new WorkloadException($"The range {text} of '{dimension}' is empty: " + (step > 0
                ? $"to run down, write {match.Groups["from"].Value}..{match.Groups["to"].Value}:-1 or another step below 0."
                : "its step points away from its end."));
        }

        var count = decimal.Floor((to - from) / step) + 1;
        return count <= SweepSpace.CombinationsMax
            ? new RangeValues(from, step, (long)count, Width(match))
            : throw new WorkloadException(
                $"The range {text} of '{dimension}' has more than {SweepSpace.CombinationsMax} values.");
    }

    /// <summary>As in a shell's braces: a leading zero at either end asks for equal widths.</summary>
    private static int Width(Match match)
    {
        string[] ends = [match.Groups["from"].Value, match.Groups["to"].Value];
        var padded = ends.Any(end => end.TrimStart('-') is ['0', >= '0' and <= '9', ..]);
        return padded && !ends.Any(end => end.Contains('.')) ? ends.Max(end => end.Length) : 0;
    }

    private static decimal Number(string text, string dimension) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1e15m
            ? number
            : throw new WorkloadException(
                $"{text} in '{dimension}' is too large for a range; its ends are below 10^15.");

    [GeneratedRegex(
        @"\A(?<from>-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)\.\.(?<to>-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)(:(?<step>-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
