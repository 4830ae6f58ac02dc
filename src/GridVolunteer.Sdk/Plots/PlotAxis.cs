using System.Text.Json.Serialization;

namespace GridVolunteer.Sdk.Plots;

/// <summary>An axis of a <see cref="Plot"/>. Its range follows from what is drawn.</summary>
/// <param name="Label">What is measured and in which unit: <c>maturity, years</c>.</param>
/// <param name="Logarithmic">Whether equal distances are equal ratios. Values of 0 and below have no place on
/// such an axis and are left out of the picture. Default: no.</param>
/// <exception cref="ArgumentException">The label is blank or too long.</exception>
public sealed record PlotAxis(string Label, bool Logarithmic = false)
{
    /// <summary>What is measured and in which unit.</summary>
    [JsonPropertyName("label")]
    public string Label { get; } = PlotRules.Text(Label, nameof(Label));

    /// <summary>Whether equal distances are equal ratios.</summary>
    [JsonPropertyName("logarithmic")]
    public bool Logarithmic { get; } = Logarithmic;
}
