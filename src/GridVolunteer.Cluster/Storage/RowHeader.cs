using System.Buffers.Binary;
using System.IO.Hashing;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// What stands before each row in a row file: its sequence, its length, and a checksum over both and the
/// bytes, so that a row cut short by a crash is known for what it is.
/// </summary>
/// <param name="Sequence">The shard's numbering of its rows, from 1.</param>
/// <param name="LengthBytes">Bytes of the row.</param>
/// <param name="Checksum">XxHash3 of sequence, length and bytes.</param>
internal readonly record struct RowHeader(long Sequence, int LengthBytes, ulong Checksum)
{
    /// <summary>Bytes of a header.</summary>
    public const int SizeBytes = 20;

    private const int SummedSizeBytes = 12;

    /// <summary>The header of a row.</summary>
    public static RowHeader Of(long sequence, ReadOnlySpan<byte> row)
    {
        var bare = new RowHeader(sequence, row.Length, 0);
        return bare with { Checksum = bare.Sum(row) };
    }

    /// <summary>Reads a header; null where there is none: the end, or a write that broke off.</summary>
    public static RowHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SizeBytes)
        {
            return null;
        }

        var header = new RowHeader(
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[SummedSizeBytes..]));
        return header is { Sequence: >= 1, LengthBytes: >= 0 } ? header : null;
    }

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> destination)
    {
        WriteSummed(destination);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[SummedSizeBytes..], Checksum);
    }

    /// <summary>Whether a row is the one that the header was made for.</summary>
    public bool Fits(ReadOnlySpan<byte> row) => row.Length == LengthBytes && Sum(row) == Checksum;

    private ulong Sum(ReadOnlySpan<byte> row)
    {
        Span<byte> summed = stackalloc byte[SummedSizeBytes];
        WriteSummed(summed);
        var hash = new XxHash3();
        hash.Append(summed);
        hash.Append(row);
        return hash.GetCurrentHashAsUInt64();
    }

    private void WriteSummed(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination, Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(destination[8..], LengthBytes);
    }
}
