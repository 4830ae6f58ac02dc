using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Reads manifests as people write them: comments and trailing commas are fine, unknown fields are ignored.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(WorkloadManifest))]
internal sealed partial class WorkloadManifestJson : JsonSerializerContext;
