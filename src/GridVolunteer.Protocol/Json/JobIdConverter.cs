using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Json;

/// <summary>JSON form of <see cref="JobId"/>: its string.</summary>
public sealed class JobIdConverter : IdConverter<JobId>;
