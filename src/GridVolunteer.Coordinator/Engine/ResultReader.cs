using System.Buffers;
using System.Runtime.CompilerServices;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// Canonical results: where they lie the shard knows, the bytes come from stored rows. Reads in pages, so
/// that a range of any length costs the same memory; the rows read last are kept, since neighbouring ranges
/// share them. Any number of callers at once.
/// </summary>
public sealed class ResultReader(IGrid grid, IResultStore rows)
{
    private const int UnitsPerPage = 4096;
    private const int RowsKept = 64;

    // A row of more than this is read again rather than kept.
    private const int KeptRowSizeBytesMax = 256 * 1024;

    private readonly Blobs.LeastRecentlyUsed<(ShardId Shard, long Sequence), PackedRow> _rows = new(RowsKept);

    /// <summary>
    /// The canonical results of <paramref name="units"/> of one shard, in increasing order, as far as there
    /// are any: units undecided or failed are left out.
    /// </summary>
    /// <exception cref="StorageUnavailableException">They cannot be read; the message says what to
    /// do.</exception>
    public async IAsyncEnumerable<ResultSlice> ReadAsync(
        ShardId shard, UnitRun units, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var at = units.Start; at < units.End; at += UnitsPerPage)
        {
            var page = new UnitRun(at, (int)Math.Min(UnitsPerPage, units.End - at));
            foreach (var run in await grid.Shard(shard).CanonicalAsync(page, cancellationToken))
            {
                var row = await RowAsync(shard, run, cancellationToken);
                yield return new ResultSlice(run.Units, row.Slice(run.Ordinal, run.Units.Count));
            }
        }
    }

    /// <summary>
    /// The canonical results of consecutive units of a level, in whichever shards they lie: what a merge unit
    /// needs of its children. The whole answer is held in memory.
    /// </summary>
    /// <exception cref="StorageUnavailableException">They cannot be read; the message says what to
    /// do.</exception>
    public async ValueTask<ChildResults> ReadChildrenAsync(
        JobId job, int level, UnitRun units, CancellationToken cancellationToken)
    {
        var present = new List<UnitRun>();
        var packed = new ArrayBufferWriter<byte>();
        for (var at = units.Start; at < units.End;)
        {
            var shard = new ShardId(job, level, WorkGeometry.ShardNumber(at));
            var end = Math.Min(units.End, shard.FirstUnit + WorkGeometry.UnitsPerShard);
            await foreach (var slice in ReadAsync(shard, new UnitRun(at, (int)(end - at)), cancellationToken))
            {
                Add(present, slice.Units);
                packed.Write(slice.Packed.Span);
            }

            at = end;
        }

        return new ChildResults { Present = present, Results = packed.WrittenMemory };
    }

    /// <summary>
    /// One canonical result, an entry of <c>PackedResults</c>, where a shard said it lies: a job's output,
    /// say.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It cannot be read; the message says what to
    /// do.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadOneAsync(
        ShardId shard, CanonicalRun place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        return (await RowAsync(shard, place, cancellationToken)).Slice(place.Ordinal, 1);
    }

    private async ValueTask<PackedRow> RowAsync(
        ShardId shard, CanonicalRun run, CancellationToken cancellationToken)
    {
        var key = (shard, run.RowSequence);
        if (_rows.TryGet(key, out var kept))
        {
            return kept;
        }

        var bytes = await rows.ReadRowAsync(shard, run.RowSequence, cancellationToken)
            ?? throw new StorageUnavailableException(
                $"Row {run.RowSequence} of {shard} is missing: the database is damaged, or not the one its shard was in.");
        var row = new PackedRow(bytes);
        return row.SizeBytes <= KeptRowSizeBytesMax ? _rows.GetOrAdd(key, _ => row) : row;
    }

    private static void Add(List<UnitRun> runs, UnitRun next)
    {
        if (runs.Count > 0 && runs[^1].End == next.Start)
        {
            runs[^1] = new UnitRun(runs[^1].Start, runs[^1].Count + next.Count);
        }
        else
        {
            runs.Add(next);
        }
    }
}
