using System.Globalization;
using System.Text;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// Text of strangers made fit for a terminal and for XML: one line, no control characters, nothing that turns
/// the direction of writing, no halves of characters.
/// </summary>
public static class PlainText
{
    /// <summary>The text with everything else replaced by a space or U+FFFD.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Halves of surrogate pairs arrive here as U+FFFD already.
            plain.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control => " ",
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return plain.ToString().Trim();
    }
}
