using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>The JSON of reports.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KernelReport))]
public sealed partial class KernelJson : JsonSerializerContext;
