namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>Everything a job prices, in the order of the file.</summary>
/// <param name="Positions">At least one.</param>
internal sealed record Portfolio(IReadOnlyList<Position> Positions)
{
    /// <summary>The most contracts of one job: its merged sums and its output stay below 16 MiB.</summary>
    public const int ContractsMax = 10_000;

    /// <summary>The most assets of all contracts together, for the same reason.</summary>
    public const int AssetsMax = 20_000;

    /// <summary>The most assets of one basket.</summary>
    public const int BasketAssetsMax = 32;
}
