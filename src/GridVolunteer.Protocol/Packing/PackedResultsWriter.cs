using System.Buffers;
using System.Buffers.Binary;
using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Protocol.Packing;

/// <summary>
/// Writes results of units one after the other: a varint of (length &lt;&lt; 1 | isBlob), then the bytes.
/// Results of up to 4 KiB go inline, larger ones as the id of a blob.
/// </summary>
/// <param name="output">Where the bytes go.</param>
public readonly struct PackedResultsWriter(IBufferWriter<byte> output)
{
    /// <summary>The largest result that goes inline, in bytes.</summary>
    public const int InlineSizeBytesMax = 4096;

    /// <summary>Bytes of a blob's id: root and big-endian length.</summary>
    public const int BlobIdSizeBytes = 40;

    /// <summary>Appends a result's own bytes, at most <see cref="InlineSizeBytesMax"/>.</summary>
    public void WriteInline(ReadOnlySpan<byte> result)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(result.Length, InlineSizeBytesMax);
        Varint.Write(output, (ulong)result.Length << 1);
        output.Write(result);
    }

    /// <summary>Appends a reference to a blob that the coordinator has.</summary>
    public void WriteBlob(BlobId blob)
    {
        Varint.Write(output, ((ulong)BlobIdSizeBytes << 1) | 1);
        var span = output.GetSpan(BlobIdSizeBytes);
        blob.Root.CopyTo(span);
        BinaryPrimitives.WriteInt64BigEndian(span[32..], blob.LengthBytes);
        output.Advance(BlobIdSizeBytes);
    }
}
