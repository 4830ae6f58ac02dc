using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Json;

/// <summary>JSON form of <see cref="PeerId"/>: its string.</summary>
public sealed class PeerIdConverter : IdConverter<PeerId>;
