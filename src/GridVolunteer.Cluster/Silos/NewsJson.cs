using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Events;

namespace GridVolunteer.Cluster.Silos;

/// <summary>How news is written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(News))]
[JsonSerializable(typeof(GridEvent[]))]
internal sealed partial class NewsJson : JsonSerializerContext;
