namespace GridVolunteer.Groups.Swarm;

/// <summary>
/// Whether bytes are a block of a blob; the host knows, by a proof against the root that names the blob, say.
/// Pure.
/// </summary>
/// <param name="blob">The blob.</param>
/// <param name="block">The number of the block.</param>
/// <param name="data">The bytes.</param>
/// <param name="proof">What came along to prove it.</param>
public delegate bool BlockCheck(BlobName blob, int block, ReadOnlySpan<byte> data, ReadOnlySpan<byte> proof);
