namespace GridVolunteer.Sdk.Plots;

/// <summary>
/// How much a picture may hold. Outputs come from machines that nobody controls, and who draws one must not
/// run out of memory or patience.
/// </summary>
public static class PlotLimits
{
    /// <summary>Pictures in an output.</summary>
    public const int PlotsMax = 8;

    /// <summary>Series in a picture.</summary>
    public const int SeriesMax = 16;

    /// <summary>Points in a series.</summary>
    public const int PointsMax = 10_000;

    /// <summary>Points in all series of a picture.</summary>
    public const int PointsOfPlotMax = 50_000;

    /// <summary>Characters in a title, a label or a name.</summary>
    public const int TextCharactersMax = 200;

    /// <summary>The largest magnitude of a number.</summary>
    public const double MagnitudeMax = 1e100;
}
