namespace GridVolunteer.Sdk;

/// <summary>When two results of one unit count as equal.</summary>
public sealed record Agreement
{
    private Agreement(bool isNumeric, double absolute, double relative)
    {
        IsNumeric = isNumeric;
        AbsoluteTolerance = absolute;
        RelativeTolerance = relative;
    }

    /// <summary>Equal bytes.</summary>
    public static Agreement Exact { get; } = new(false, 0, 0);

    /// <summary>Whether numbers may differ within the tolerances.</summary>
    public bool IsNumeric { get; }

    /// <summary>The difference that is always allowed.</summary>
    public double AbsoluteTolerance { get; }

    /// <summary>The allowed difference relative to the larger magnitude.</summary>
    public double RelativeTolerance { get; }

    /// <summary>JSON results of equal shape whose numbers differ within either tolerance.</summary>
    /// <param name="absolute">The difference that is always allowed: 0 or more, finite.</param>
    /// <param name="relative">The allowed difference relative to the larger magnitude: 0 to 1.</param>
    public static Agreement Within(double absolute, double relative)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(absolute);
        ArgumentOutOfRangeException.ThrowIfNegative(relative);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(relative, 1);
        if (!double.IsFinite(absolute) || !double.IsFinite(relative))
        {
            throw new ArgumentOutOfRangeException(nameof(absolute), "Tolerances are finite.");
        }

        return new Agreement(true, absolute, relative);
    }
}
