using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Json;

/// <summary>JSON form of <see cref="GrantId"/>: its string.</summary>
public sealed class GrantIdConverter : IdConverter<GrantId>;
