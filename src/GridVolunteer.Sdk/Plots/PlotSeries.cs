using System.Text.Json.Serialization;

namespace GridVolunteer.Sdk.Plots;

/// <summary>
/// Points of a <see cref="Plot"/> that belong together. Numbers are finite and their magnitude is at most
/// <see cref="PlotLimits.MagnitudeMax"/>.
/// </summary>
/// <param name="Name">What the legend calls it. A picture with one series has no legend.</param>
/// <param name="Kind">How it is drawn. A band needs <see cref="High"/> too.</param>
/// <param name="X">Where the points lie on the horizontal axis: 1 to <see cref="PlotLimits.PointsMax"/>; of a
/// band in ascending order.</param>
/// <param name="Y">Where they lie on the vertical axis, one for each x; of a band the lower edge.</param>
/// <exception cref="ArgumentException">The name is blank or too long, the lists differ in length, have no or
/// too many numbers, or one that is not finite or too large.</exception>
public sealed record PlotSeries(string Name, PlotKind Kind, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    private readonly IReadOnlyList<double>? _high;

    /// <summary>What the legend calls it.</summary>
    [JsonPropertyName("name")]
    public string Name { get; } = PlotRules.Text(Name, nameof(Name));

    /// <summary>How it is drawn.</summary>
    // On the property too: converters of an author's options go before those of a type.
    [JsonPropertyName("kind")]
    [JsonConverter(typeof(JsonStringEnumConverter<PlotKind>))]
    public PlotKind Kind { get; } = PlotRules.Kind(Kind, nameof(Kind));

    /// <summary>Where the points lie on the horizontal axis.</summary>
    [JsonPropertyName("x")]
    public IReadOnlyList<double> X { get; } = Kind == PlotKind.Band
        ? PlotRules.Ascending(X, nameof(X))
        : PlotRules.Numbers(X, nameof(X));

    /// <summary>Where they lie on the vertical axis; of a band the lower edge.</summary>
    [JsonPropertyName("y")]
    public IReadOnlyList<double> Y { get; } = PlotRules.NumbersFor(X, Y, nameof(Y));

    /// <summary>Of a band the upper edge, one for each x. Default: null, as other kinds have it.</summary>
    /// <exception cref="ArgumentException">It is not as long as x, or a number is not finite or too
    /// large.</exception>
    [JsonPropertyName("high")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? High
    {
        get => _high;
        init => _high = value is null ? null : PlotRules.NumbersFor(X, value, nameof(High));
    }
}
