using System.Text.Json.Serialization;

namespace GridVolunteer.Sdk.Tests;

public sealed class SourceGeneratedWorkload : SampleWorkload
{
    protected override JsonSerializerContext Json => SampleJson.Default;
}
