namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>A row of a CSV file.</summary>
/// <param name="Line">The line it begins in, from 1.</param>
/// <param name="Cells">Its cells, quotes removed; those without quotes trimmed.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells)
{
    /// <summary>Whether nothing stands in it.</summary>
    public bool IsBlank => Cells.All(cell => cell.Length == 0);
}
