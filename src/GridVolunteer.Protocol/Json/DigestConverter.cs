using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Json;

/// <summary>JSON form of <see cref="Digest"/>: its string.</summary>
public sealed class DigestConverter : IdConverter<Digest>;
