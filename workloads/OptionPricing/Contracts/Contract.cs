namespace GridVolunteer.Workloads.OptionPricing.Contracts;

/// <summary>An option to price. What is here has been checked already.</summary>
internal sealed record Contract
{
    /// <summary>Tells it apart in the output.</summary>
    public required string Name { get; init; }

    /// <summary>What it pays on.</summary>
    public required ContractKind Kind { get; init; }

    /// <summary>Call or put.</summary>
    public required OptionRight Right { get; init; }

    /// <summary>Strike, in the unit of the spot; above 0.</summary>
    public required double Strike { get; init; }

    /// <summary>Years to maturity, above 0.</summary>
    public required double MaturityYears { get; init; }

    /// <summary>Risk-free rate, continuous, a year, as a fraction.</summary>
    public required double Rate { get; init; }

    /// <summary>One asset, or several for a basket.</summary>
    public required IReadOnlyList<Asset> Assets { get; init; }

    /// <summary>
    /// Lower triangle with diagonal of the Cholesky factor of the assets' correlation, row by row; { 1 } for
    /// one asset.
    /// </summary>
    public IReadOnlyList<double> CorrelationFactor { get; init; } = [1];

    /// <summary>
    /// Equally spaced fixings, the last at maturity, the spot itself none of them; 1 where the path does not
    /// matter.
    /// </summary>
    public int Fixings { get; init; } = 1;

    /// <summary>Where the barrier lies; 0 for contracts without.</summary>
    public double Barrier { get; init; }

    /// <summary>What the barrier does; used by <see cref="ContractKind.Barrier"/> alone.</summary>
    public BarrierKind BarrierKind { get; init; }

    /// <summary>Path steps one path takes: fixings of all assets.</summary>
    public long StepsPerPath => (long)Fixings * Assets.Count;
}
