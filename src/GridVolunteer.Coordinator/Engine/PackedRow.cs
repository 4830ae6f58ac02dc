using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>A row of results with the places where its entries begin, found once.</summary>
internal sealed class PackedRow
{
    private readonly ReadOnlyMemory<byte> _packed;
    private readonly int[] _starts;

    /// <summary>Reads a stored row through.</summary>
    /// <exception cref="StorageUnavailableException">The row is malformed: the file is damaged.</exception>
    public PackedRow(ReadOnlyMemory<byte> packed)
    {
        _packed = packed;
        var starts = new List<int>();
        var reader = new PackedResultsReader(packed.Span);
        while (!reader.AtEnd)
        {
            starts.Add(reader.Position);
            if (!reader.TryRead(out _))
            {
                throw new StorageUnavailableException(
                    "A stored row of results is malformed: the database is damaged.");
            }
        }

        starts.Add(packed.Length);
        _starts = [.. starts];
    }

    /// <summary>Bytes of the row.</summary>
    public int SizeBytes => _packed.Length;

    /// <summary>
    /// The bytes of <paramref name="count"/> entries from the one numbered <paramref name="ordinal"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Slice(int ordinal, int count)
    {
        if (ordinal < 0 || ordinal + count >= _starts.Length)
        {
            throw new StorageUnavailableException(
                "A stored row of results is too short: the database is damaged.");
        }

        return _packed[_starts[ordinal].._starts[ordinal + count]];
    }
}
