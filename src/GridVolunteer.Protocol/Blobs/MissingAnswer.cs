namespace GridVolunteer.Protocol.Blobs;

/// <summary>The blobs the coordinator lacks.</summary>
/// <param name="Missing">In the order asked.</param>
public sealed record MissingAnswer(IReadOnlyList<BlobId> Missing);
