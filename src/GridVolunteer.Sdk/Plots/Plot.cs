using System.Text.Json.Serialization;

namespace GridVolunteer.Sdk.Plots;

/// <summary>
/// A picture of a job's result, as data. An output that is a JSON object carries pictures in its top-level
/// array <c>plots</c>; <c>gridvolunteer output ID --plot FILE.svg</c> draws them, one below the other,
/// without running any code of the workload. Checked when it is made: what was made can be drawn.
/// </summary>
/// <example>
/// <code><![CDATA[
/// public sealed record Output(double Mean, IReadOnlyList<Plot> Plots);
///
/// protected override byte[] Output(Totals merged, JobContext<Options> job) => ToBytes(new Output(
///     merged.Mean,
///     [
///         new Plot(
///             "Waiting times",
///             new PlotAxis("waiting time, min"),
///             new PlotAxis("customers", Logarithmic: true),
///             [
///                 new PlotSeries("counted", PlotKind.Bars, merged.Minutes, merged.Customers),
///                 new PlotSeries("expected", PlotKind.Line, merged.Minutes, merged.Expected),
///             ]),
///     ]));
/// ]]></code>
/// </example>
/// <param name="Title">What it shows, in a line.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">What is drawn, later ones over earlier ones: 1 to <see
/// cref="PlotLimits.SeriesMax"/>, with at most <see cref="PlotLimits.PointsOfPlotMax"/> points in
/// all.</param>
/// <exception cref="ArgumentException">A text is blank or too long, there are no or too many series or
/// points, a band has no upper edge, or a series that is no band has one.</exception>
public sealed record Plot(string Title, PlotAxis X, PlotAxis Y, IReadOnlyList<PlotSeries> Series)
{
    /// <summary>What it shows, in a line.</summary>
    [JsonPropertyName("title")]
    public string Title { get; } = PlotRules.Text(Title, nameof(Title));

    /// <summary>The horizontal axis.</summary>
    [JsonPropertyName("x")]
    public PlotAxis X { get; } = X ?? throw new ArgumentNullException(nameof(X));

    /// <summary>The vertical axis.</summary>
    [JsonPropertyName("y")]
    public PlotAxis Y { get; } = Y ?? throw new ArgumentNullException(nameof(Y));

    /// <summary>What is drawn, later ones over earlier ones.</summary>
    [JsonPropertyName("series")]
    public IReadOnlyList<PlotSeries> Series { get; } = PlotRules.Series(Series, nameof(Series));
}
