namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// What the race of the kernels found. Rates are medians over the rounds, by processor time.
/// </summary>
public sealed record KernelReport
{
    /// <summary>A query each.</summary>
    public required IReadOnlyList<ProteinFigures> ProteinSearch { get; init; }

    /// <summary>The arithmetic Asian.</summary>
    public required OptionFigures OptionPricing { get; init; }

    /// <summary>The peers that took part, with their versions.</summary>
    public required IReadOnlyList<string> Peers { get; init; }

    /// <summary>The machine.</summary>
    public required MachineFigures Machine { get; init; }

    /// <summary>How often each contender had its turn.</summary>
    public required int Rounds { get; init; }

    /// <summary>How long a turn was, in processor time.</summary>
    public required double SecondsPerRound { get; init; }
}
