using System.Globalization;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Portfolios;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>
/// What QuantLib 1.29 says of the contracts in quantlib/portfolio.csv; quantlib/figures.cpp computed it.
/// </summary>
internal static class QuantLibFigures
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "OptionPricing", "quantlib");

    public static IReadOnlyList<Contract> Contracts { get; } =
        [.. PortfolioReader.ReadFile(PortfolioPath, "portfolio").Positions.Select(position => position.Contract)];

    public static IReadOnlyList<QuantLibFigure> All { get; } =
        [.. File.ReadLines(Path.Combine(Folder, "figures.csv")).Skip(1).Select(Parse)];

    public static string PortfolioPath => Path.Combine(Folder, "portfolio.csv");

    public static IEnumerable<QuantLibFigure> Of(string engine) => All.Where(figure => figure.Engine == engine);

    private static QuantLibFigure Parse(string line)
    {
        var cells = line.Split(',');
        return new QuantLibFigure(
            Contracts.Single(contract => contract.Name == cells[0]),
            cells[1],
            Number(cells[2])!.Value,
            Number(cells[3])!.Value,
            Number(cells[4]),
            Number(cells[5]));
    }

    private static double? Number(string text) =>
        text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}
