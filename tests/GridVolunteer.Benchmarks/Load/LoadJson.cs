using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>The JSON of reports.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(Clusters.ClusterReport))]
public sealed partial class LoadJson : JsonSerializerContext;
