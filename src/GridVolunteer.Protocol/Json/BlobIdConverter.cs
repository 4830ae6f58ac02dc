using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Protocol.Json;

/// <summary>JSON form of <see cref="BlobId"/>: its string.</summary>
public sealed class BlobIdConverter : IdConverter<BlobId>;
