using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Cli.Demo;

/// <summary>JSON of the demo: camelCase, every field present.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DemoResult))]
[JsonSerializable(typeof(SearchOutput))]
public sealed partial class DemoJson : JsonSerializerContext;
