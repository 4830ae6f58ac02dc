using System.Text.Json.Serialization;

namespace GridVolunteer.Sdk.Plots;

/// <summary>How a <see cref="PlotSeries"/> is drawn. In JSON its name in lower case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlotKind>))]
public enum PlotKind
{
    /// <summary>A line from point to point, in the order given.</summary>
    [JsonStringEnumMemberName("line")]
    Line,

    /// <summary>A mark at each point.</summary>
    [JsonStringEnumMemberName("points")]
    Points,

    /// <summary>
    /// A bar from 0 to each point (on a logarithmic axis, from its lower end), with the point in the middle of
    /// the bar's end. Bars are as wide as the smallest distance between two of them.
    /// </summary>
    [JsonStringEnumMemberName("bars")]
    Bars,

    /// <summary>An area between <see cref="PlotSeries.Y"/> and <see cref="PlotSeries.High"/>.</summary>
    [JsonStringEnumMemberName("band")]
    Band,
}
