using Spectre.Console;

namespace GridVolunteer.Cli.Presentation;

/// <summary>
/// Rows under headings: a drawn table where a person looks, else aligned plain lines that grep and awk can
/// take.
/// </summary>
/// <param name="headings">Names of the columns; those that end with <c>#</c> hold numbers and align
/// right.</param>
public sealed class Listing(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text for each heading.</param>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, headings.Length);
        _rows.Add(cells);
    }

    /// <summary>Writes the rows, or <paramref name="whenEmpty"/> as a note when there are none.</summary>
    public void Write(Terminal terminal, string whenEmpty)
    {
        if (_rows.Count == 0)
        {
            terminal.Note(whenEmpty);
        }
        else if (terminal.IsInteractive)
        {
            terminal.Ansi.Write(Drawn());
        }
        else
        {
            WritePlain(terminal.Out);
        }
    }

    private static bool IsNumeric(string heading) => heading.EndsWith('#');

    private static string Title(string heading) => heading.TrimEnd('#');

    private Table Drawn()
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var heading in headings)
        {
            var column = new TableColumn(new Text(Title(heading), new Style(decoration: Decoration.Bold)));
            table.AddColumn(IsNumeric(heading) ? column.RightAligned() : column);
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        return table;
    }

    private void WritePlain(TextWriter output)
    {
        var titles = headings.Select(heading => Title(heading).ToUpperInvariant()).ToArray();
        var widths =
            titles.Select((title, i) => Math.Max(title.Length, _rows.Max(row => row[i].Length))).ToArray();
        foreach (var row in _rows.Prepend(titles))
        {
            var cells = row.Select((cell, i) =>
                IsNumeric(headings[i]) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            output.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
