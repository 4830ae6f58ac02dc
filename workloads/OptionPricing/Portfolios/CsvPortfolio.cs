namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>Reads a portfolio in CSV: a header that names the fields, then a contract a row.</summary>
internal static class CsvPortfolio
{
    private const char ListSeparator = ';';

    /// <summary>The contracts, unchecked; at most one more than a portfolio may have.</summary>
    public static List<Draft> Read(string text, FaultList faults)
    {
        using var rows = new CsvRows(text, faults).Read().GetEnumerator();
        if (!rows.MoveNext())
        {
            return [];
        }

        var columns = ReadHeader(rows.Current, faults);
        var drafts = new List<Draft>();
        while (columns.Length > 0 && drafts.Count <= Portfolio.ContractsMax && rows.MoveNext())
        {
            ReadRow(rows.Current, columns, drafts, faults);
        }

        return drafts;
    }

    private static PortfolioField[] ReadHeader(CsvRow header, FaultList faults)
    {
        var before = faults.Count;
        if (header.Cells.Count == 1 && header.Cells[0].IndexOfAny([';', '\t', '|']) is var at and >= 0)
        {
            var separator = header.Cells[0][at] switch { '\t' => "tabs", var c => $"'{c}'" };
            faults.Add(header.Line, $"line {header.Line}: columns are separated by {separator}: use commas "
                + "(a ';' separates the values of a list inside a column)");
            return [];
        }

        var columns = new List<PortfolioField>();
        for (var i = 0; i < header.Cells.Count; i++)
        {
            var name = header.Cells[i];
            if (name.Length == 0)
            {
                faults.Add(header.Line, $"line {header.Line}: column {i + 1} has no name");
            }
            else if (!FieldNames.TryFind(name, out var field))
            {
                faults.Add(
                    header.Line, $"line {header.Line}: {FieldNames.Unknown("column", name, FieldNames.All)}");
            }
            else if (columns.Contains(field))
            {
                faults.Add(
                    header.Line, $"line {header.Line}: the column {FieldNames.Of(field)} is there twice");
            }
            else
            {
                columns.Add(field);
            }
        }

        return faults.Count == before ? [.. columns] : [];
    }

    private static void ReadRow(CsvRow row, PortfolioField[] columns, List<Draft> drafts, FaultList faults)
    {
        var draft = new Draft(row.Line, drafts.Count + 1);
        drafts.Add(draft);
        if (row.Cells.Count != columns.Length)
        {
            var hint = row.Cells.Count > columns.Length
                ? ": numbers have no thousands separators, and a text with a comma stands in quotes"
                : "";
            faults.Add(row.Line, $"line {row.Line} has {row.Cells.Count} cells, but the header has "
                + $"{columns.Length} columns{hint}");
            draft.IsBroken = true;
            return;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (row.Cells[i].Length > 0)
            {
                draft.TrySet(columns[i], columns[i] == PortfolioField.Name
                    ? [row.Cells[i]]
                    : row.Cells[i].Split(ListSeparator, StringSplitOptions.TrimEntries));
            }
        }
    }
}
