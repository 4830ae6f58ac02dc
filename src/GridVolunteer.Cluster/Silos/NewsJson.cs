using System.Text.Json.Serialization;

namespace GridVolunteer.Cluster.Silos;

/// <summary>How news is written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(News))]
internal sealed partial class NewsJson : JsonSerializerContext;
