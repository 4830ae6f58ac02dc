using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Blobs;

/// <summary>
/// Inputs of table jobs' units. A table blob holds the packed inputs of one shard's units; its index, an
/// integer a unit, is made at first use and kept for the tables used last (256 KiB each, 64 of them). Any
/// number of callers at once.
/// </summary>
public sealed class UnitTables(BlobStore blobs)
{
    private const int IndexesMax = 64;

    private readonly LeastRecentlyUsed<BlobId, Task<UnitTableIndex>> _indexes = new(IndexesMax);

    /// <summary>How many units a table has, so that a submission can be checked against its tables.</summary>
    /// <exception cref="InvalidDataException">The blob is not a table.</exception>
    /// <exception cref="StorageUnavailableException">The blob is not here or cannot be read.</exception>
    public async ValueTask<int> CountAsync(BlobId table, CancellationToken cancellationToken) =>
        (await IndexAsync(table).WaitAsync(cancellationToken)).UnitCount;

    /// <summary>
    /// The inputs of units, as <c>PackedInputs</c> in the order of the runs. <paramref name="firstUnit"/> is
    /// the index of the table's first unit.
    /// </summary>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadInputsAsync(
        BlobId table, long firstUnit, IReadOnlyList<UnitRun> runs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var index = await IndexAsync(table).WaitAsync(cancellationToken);
        var size = 0;
        foreach (var run in runs)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(run.Start, firstUnit, nameof(runs));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(
                run.End, firstUnit + index.UnitCount, nameof(runs));
            size += index.Start((int)(run.End - firstUnit)) - index.Start((int)(run.Start - firstUnit));
        }

        var inputs = new byte[size];
        var at = 0;
        await using var file = Open(table);
        foreach (var run in runs)
        {
            // Entries of consecutive units lie one after the other: a run is one slice.
            var start = index.Start((int)(run.Start - firstUnit));
            var length = index.Start((int)(run.End - firstUnit)) - start;
            await ReadAsync(file, start, inputs.AsMemory(at, length), cancellationToken);
            at += length;
        }

        return inputs;
    }

    private Task<UnitTableIndex> IndexAsync(BlobId table)
    {
        var index = _indexes.GetOrAdd(table, ReadIndexAsync);
        if (index.IsFaulted || index.IsCanceled)
        {
            // What went wrong then may have passed: the next caller tries again.
            _indexes.Remove(table);
        }

        return index;
    }

    // Not cancelled with its first caller, since others wait for it too.
    private async Task<UnitTableIndex> ReadIndexAsync(BlobId table)
    {
        await using var file = Open(table);
        return await UnitTableIndex.ReadAsync(file, CancellationToken.None);
    }

    private FileStream Open(BlobId table) => blobs.TryOpen(table)
        ?? throw new StorageUnavailableException($"The unit table {table} is not here; upload it again.");

    private static async ValueTask ReadAsync(
        FileStream file, long position, Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (!destination.IsEmpty)
        {
            var read = await RandomAccess.ReadAsync(
                file.SafeFileHandle, destination, position, cancellationToken);
            if (read == 0)
            {
                throw new StorageUnavailableException(
                    "A unit table ends before its last unit: the file is damaged.");
            }

            position += read;
            destination = destination[read..];
        }
    }
}
