using System.Text;
using OxyPlot;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// Fits text into the room there is. Whoever looks at an SVG has other fonts than who made it, so widths are
/// those of a wide font (DejaVu Sans): nothing is cut, whichever font it is.
/// </summary>
internal sealed class TextFit() : PdfRenderContext(SvgPicture.Width, SvgPicture.Height, OxyColors.White)
{
    // The library puts text in the middle by its height: more than this and labels hang below their marks.
    private const double LineHeight = 1.0;
    private const double BoldRoom = 1.1;
    private const double BoldFrom = 600;
    private const string Ellipsis = "…";

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        if (string.IsNullOrEmpty(text))
        {
            return OxySize.Empty;
        }

        var lines = text.Split('\n');
        var width = lines.Max(line => line.EnumerateRunes().Sum(WidthOf)) * fontSize;
        return new OxySize(
            fontWeight >= BoldFrom ? width * BoldRoom : width, lines.Length * LineHeight * fontSize);
    }

    /// <summary>
    /// The text, cleaned, in as many lines as it takes; what does not fit gives way to dots.
    /// </summary>
    public string Wrap(string text, double fontSize, double fontWeight, double width, int linesMax)
    {
        var rest = PlainText.Of(text);
        var lines = new List<string>();
        while (rest.Length > 0 && lines.Count < linesMax)
        {
            var isLast = lines.Count == linesMax - 1;
            var taken = Fitting(rest, isLast ? Ellipsis : "", width, fontSize, fontWeight);
            lines.Add(rest[..taken].TrimEnd() + (isLast && taken < rest.Length ? Ellipsis : ""));
            rest = rest[taken..].TrimStart();
        }

        return string.Join('\n', lines);
    }

    /// <summary>How much of the text fits on a line: up to the end of a word where there is one.</summary>
    private int Fitting(string text, string ending, double width, double fontSize, double fontWeight)
    {
        double Measure(string part) => MeasureText(part, SvgPicture.Font, fontSize, fontWeight).Width;
        if (Measure(text) <= width)
        {
            return text.Length;
        }

        var fits = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (fits > 0 && Measure(text[..(fits + rune.Utf16SequenceLength)] + ending) > width)
            {
                break;
            }

            fits += rune.Utf16SequenceLength;
        }

        var word = text.LastIndexOf(' ', Math.Min(fits, text.Length - 1));
        return word > fits / 2 ? word : fits;
    }

    /// <summary>The width of a character, in sizes of the font, rounded up.</summary>
    private static double WidthOf(Rune rune) => rune.Value switch
    {
        ' ' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or 'i' or 'j' or 'l' or 'I' => 0.36,
        'f' or 'r' or 't' or '(' or ')' or '[' or ']' or '/' or '-' or '"' or 'J' => 0.45,
        >= '⁰' and <= '⁻' => 0.45,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' => 1.0,
        >= 'A' and <= 'Z' => 0.78,
        < 0x1100 => 0.65,
        // East Asian characters and pictographs fill their square.
        _ => 1.0,
    };
}
