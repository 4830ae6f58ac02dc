using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Api;

/// <summary>A job's output: its bytes, or the blob that holds them.</summary>
/// <param name="Inline">The bytes, when <paramref name="Blob"/> is null.</param>
/// <param name="Blob">The blob, or null.</param>
public readonly record struct JobOutput(ReadOnlyMemory<byte> Inline, BlobId? Blob)
{
    /// <summary>Bytes of the output.</summary>
    public long LengthBytes => Blob?.LengthBytes ?? Inline.Length;

    /// <summary>The output of a job, or null when it has none.</summary>
    public static async ValueTask<JobOutput?> FindAsync(
        JobSnapshot job, ResultReader results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(results);
        return job is { Output: { } place, OutputShard: { } shard }
            ? Read(await results.ReadOneAsync(shard, place, cancellationToken))
            : null;
    }

    private static JobOutput Read(ReadOnlyMemory<byte> entry)
    {
        var reader = new PackedResultsReader(entry.Span);
        if (!reader.TryRead(out var result))
        {
            throw new StorageUnavailableException("The output's bytes are damaged in the database.");
        }

        return result.IsBlob
            ? new JobOutput(default, result.Blob)
            : new JobOutput(entry[(reader.Position - result.Bytes.Length)..reader.Position], null);
    }
}
