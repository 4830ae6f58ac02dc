using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GridVolunteer.Sdk.Tests;

public sealed record SampleParameters(
    [property: Description("Units to plan.")] int Units,
    [Description("Hits kept."), Range(1, 100)] int Top = 25,
    double Scale = 1.5,
    SampleMode Mode = SampleMode.Fast,
    bool Verbose = false,
    string Label = "",
    int[]? Sizes = null)
{
    public double? Limit { get; init; }
}
