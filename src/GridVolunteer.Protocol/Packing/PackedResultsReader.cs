namespace GridVolunteer.Protocol.Packing;

/// <summary>
/// Reads what <see cref="PackedResultsWriter"/> wrote, never past the end and without copying.
/// </summary>
/// <param name="packed">The bytes.</param>
public ref struct PackedResultsReader(ReadOnlySpan<byte> packed)
{
    private readonly ReadOnlySpan<byte> _packed = packed;

    /// <summary>Where the next entry begins.</summary>
    public int Position { get; private set; }

    /// <summary>True when every byte was read.</summary>
    public readonly bool AtEnd => Position == _packed.Length;

    /// <summary>
    /// Reads the next entry; false when the bytes end or are malformed (then <see cref="AtEnd"/> is false).
    /// </summary>
    public bool TryRead(out PackedResult result)
    {
        result = default;
        if (!Varint.TryRead(_packed[Position..], out var header, out var used))
        {
            return false;
        }

        var isBlob = (header & 1) != 0;
        var length = header >> 1;
        var start = Position + used;
        if (length > (ulong)(_packed.Length - start)
            || (isBlob ? length != PackedResultsWriter.BlobIdSizeBytes : length > PackedResultsWriter.InlineSizeBytesMax))
        {
            return false;
        }

        var bytes = _packed.Slice(start, (int)length);
        if (isBlob && bytes[32] >= 0x80)
        {
            // The length of the blob would be negative.
            return false;
        }

        result = new PackedResult(isBlob, bytes);
        Position = start + (int)length;
        return true;
    }
}
