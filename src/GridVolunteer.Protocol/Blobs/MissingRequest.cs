namespace GridVolunteer.Protocol.Blobs;

/// <summary>Asks which blobs the coordinator lacks.</summary>
/// <param name="Blobs">At most 10,000.</param>
public sealed record MissingRequest(IReadOnlyList<BlobId> Blobs);
