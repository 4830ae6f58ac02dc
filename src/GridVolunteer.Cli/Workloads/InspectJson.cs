using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Cli.Workloads;

/// <summary>JSON of the workload verbs: camelCase.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(InspectReport))]
public sealed partial class InspectJson : JsonSerializerContext;
