using System.Text.Json.Serialization;

namespace GridVolunteer.Sdk.Tests;

[JsonSerializable(typeof(SampleParameters))]
[JsonSerializable(typeof(SampleResult))]
internal sealed partial class SampleJson : JsonSerializerContext;
