using System.Buffers.Binary;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Packing;

/// <summary>One entry of packed results: inline bytes, or the id of a blob.</summary>
/// <param name="isBlob">Whether <paramref name="bytes"/> are a blob's id.</param>
/// <param name="bytes">The result itself, or 40 bytes of id.</param>
public readonly ref struct PackedResult(bool isBlob, ReadOnlySpan<byte> bytes)
{
    /// <summary>Whether <see cref="Bytes"/> are a blob's id.</summary>
    public bool IsBlob { get; } = isBlob;

    /// <summary>The result itself, or 40 bytes of id.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The blob, when <see cref="IsBlob"/>.</summary>
    public BlobId Blob =>
        new(Digest.FromBytes(Bytes[..32]), BinaryPrimitives.ReadInt64BigEndian(Bytes[32..]));
}
