using System.Text;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>
/// Cuts a text into rows and cells as RFC 4180 has it: commas between cells, quotes around those that contain
/// commas, quotes (doubled) or line ends. Lines end with LF or CRLF; blank rows are left out.
/// </summary>
internal sealed class CsvRows(string text, FaultList faults)
{
    private readonly StringBuilder _cell = new();
    private int _at;
    private int _line = 1;

    /// <summary>The rows in order. A faulty quote is noted and ends the reading.</summary>
    public IEnumerable<CsvRow> Read()
    {
        while (_at < text.Length)
        {
            var row = ReadRow();
            if (row is null)
            {
                yield break;
            }

            if (!row.IsBlank)
            {
                yield return row;
            }
        }
    }

    private CsvRow? ReadRow()
    {
        var first = _line;
        var cells = new List<string>();
        while (true)
        {
            if (ReadCell() is not { } cell)
            {
                return null;
            }

            cells.Add(cell);
            if (_at >= text.Length)
            {
                return new CsvRow(first, cells);
            }

            if (text[_at++] == '\n')
            {
                _line++;
                return new CsvRow(first, cells);
            }
        }
    }

    /// <summary>
    /// A cell; afterwards the place is at the comma, the line end or the end. Null for a faulty one.
    /// </summary>
    private string? ReadCell()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (_at < text.Length && text[_at] == '"')
        {
            return ReadQuoted();
        }

        var from = _at;
        while (_at < text.Length && text[_at] is not (',' or '\n'))
        {
            _at++;
        }

        return text[from.._at].Trim();
    }

    private string? ReadQuoted()
    {
        var first = _line;
        _cell.Clear();
        _at++;
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c == '"' && _at < text.Length && text[_at] == '"')
            {
                _at++;
            }
            else if (c == '"')
            {
                return EndQuoted(first);
            }
            else if (c == '\n')
            {
                _line++;
            }

            _cell.Append(c);
        }

        faults.Add(first, $"line {first}: a quote is opened and never closed");
        return null;
    }

    private string? EndQuoted(int first)
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r')
        {
            _at++;
        }

        if (_at < text.Length && text[_at] is not (',' or '\n'))
        {
            faults.Add(first, $"line {_line}: after a closing quote comes a comma or the line's end; "
                + "a quote inside a quoted cell is written twice");
            return null;
        }

        return _cell.ToString();
    }
}
