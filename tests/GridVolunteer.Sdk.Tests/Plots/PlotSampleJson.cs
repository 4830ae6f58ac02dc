using System.Text.Json.Serialization;
using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Sdk.Tests.Plots;

/// <summary>An author's context that names things differently and writes enumerations as numbers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
[JsonSerializable(typeof(Plot))]
internal sealed partial class PlotSampleJson : JsonSerializerContext;
