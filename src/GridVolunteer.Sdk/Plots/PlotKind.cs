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
    /// A bar from 0 to each point, which lies in the middle of the bar's end; as wide as the smallest
    /// distance between two of them. A logarithmic axis begins below the smallest bar, whatever else is.
    /// </summary>
    [JsonStringEnumMemberName("bars")]
    Bars,

    /// <summary>
    /// An area between <see cref="PlotSeries.Y"/> and <see cref="PlotSeries.High"/>, in the colour of the
    /// line or points that follow it.
    /// </summary>
    [JsonStringEnumMemberName("band")]
    Band,
}
