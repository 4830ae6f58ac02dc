using System.Buffers;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Blobs;

/// <summary>Where each unit's entry begins in a table blob, and, last, where the table ends.</summary>
internal sealed class UnitTableIndex
{
    private const int BufferSizeBytes = 64 * 1024;
    private const int LengthSizeBytesMax = 10;

    private readonly int[] _starts;

    private UnitTableIndex(int[] starts) => _starts = starts;

    /// <summary>Units in the table.</summary>
    public int UnitCount => _starts.Length - 1;

    /// <summary>
    /// Where entry <paramref name="unit"/> begins; for the count of units, where the table ends.
    /// </summary>
    public int Start(int unit) => _starts[unit];

    /// <summary>Reads a table through once, skipping the inputs themselves.</summary>
    /// <exception cref="InvalidDataException">It is not a table.</exception>
    public static async ValueTask<UnitTableIndex> ReadAsync(
        FileStream table, CancellationToken cancellationToken)
    {
        var length = table.Length;
        if (length > int.MaxValue)
        {
            throw new InvalidDataException("A unit table has at most 2 GiB.");
        }

        var starts = new List<int>();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSizeBytes);
        try
        {
            long position = 0;
            while (position < length)
            {
                var read = await RandomAccess.ReadAsync(
                    table.SafeFileHandle, buffer, position, cancellationToken);
                if (read == 0)
                {
                    throw new InvalidDataException("The unit table became shorter while it was read.");
                }

                position += Scan(buffer.AsSpan(0, read), position, length, starts);
            }

            starts.Add((int)length);
            return new UnitTableIndex([.. starts]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Notes the entries that begin in <paramref name="bytes"/>; answers how far to go on behind their start.
    /// </summary>
    private static long Scan(ReadOnlySpan<byte> bytes, long position, long tableLength, List<int> starts)
    {
        long at = 0;
        while (at < bytes.Length)
        {
            var rest = bytes[(int)at..];
            if (!Varint.TryRead(rest, out var length, out var used))
            {
                if (rest.Length < LengthSizeBytesMax && position + bytes.Length < tableLength)
                {
                    break; // The length is cut by the buffer's end: read on from here.
                }

                throw new InvalidDataException($"The unit table is malformed at byte {position + at}.");
            }

            if (length > PackedInputs.UnitInputSizeBytesMax
                || position + at + used + (long)length > tableLength)
            {
                throw new InvalidDataException($"The unit table is malformed at byte {position + at}.");
            }

            starts.Add((int)(position + at));
            at += used + (long)length;
        }

        return at;
    }
}
