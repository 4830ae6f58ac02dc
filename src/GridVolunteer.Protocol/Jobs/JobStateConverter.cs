using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Protocol.Jobs;

/// <summary>Writes job states as <c>completed_with_failures</c> and the like.</summary>
public sealed class JobStateConverter()
    : JsonStringEnumConverter<JobState>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
