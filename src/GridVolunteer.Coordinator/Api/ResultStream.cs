using System.IO.Pipelines;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// Streams a job's work units as NDJSON in index order: those decided when their turn comes. Memory is one
/// chunk, however many units there are.
/// </summary>
/// <param name="grid">Where shards are asked.</param>
/// <param name="results">Reads results.</param>
public sealed class ResultStream(IGrid grid, ResultReader results)
{
    private const int ChunkUnits = 1024;

    /// <summary>Writes the units behind <paramref name="after"/>.</summary>
    public async Task WriteAsync(
        PipeWriter output, JobSnapshot job, long after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(job);
        var opened = JobLevels.OpenedShards(job, level: 0);
        if (after + 1 >= job.Submission.Units)
        {
            return;
        }

        for (var number = WorkGeometry.ShardNumber(after + 1); number < opened; number++)
        {
            var shard = new ShardId(job.Id, 0, number);
            var end = Math.Min(shard.FirstUnit + WorkGeometry.UnitsPerShard, job.Submission.Units);
            Dictionary<long, string>? errors = null;
            for (var start = Math.Max(shard.FirstUnit, after + 1); start < end; start += ChunkUnits)
            {
                var chunk = new UnitRun(start, (int)Math.Min(ChunkUnits, end - start));
                var failed = await grid.Shard(shard).FailedAsync(chunk, cancellationToken);
                if (failed.Count > 0)
                {
                    errors ??= Errors(await grid.Shard(shard).FailuresAsync(cancellationToken));
                }

                var valid = await results.ReadChildrenAsync(job.Id, 0, chunk, cancellationToken);
                WriteChunk(output, valid.Present, valid.Results.Span, failed, errors);
                await output.FlushAsync(cancellationToken);
            }
        }
    }

    private static Dictionary<long, string> Errors(IReadOnlyList<FailedUnit> failures)
    {
        var errors = new Dictionary<long, string>();
        foreach (var failure in failures)
        {
            errors[failure.Unit] = failure.Message;
        }

        return errors;
    }

    private static void WriteChunk(
        PipeWriter output, IReadOnlyList<UnitRun> valid, ReadOnlySpan<byte> packed,
        IReadOnlyList<UnitRun> failed,
        Dictionary<long, string>? errors)
    {
        var reader = new PackedResultsReader(packed);
        var nextFailed = 0;
        foreach (var run in valid)
        {
            for (; nextFailed < failed.Count && failed[nextFailed].Start < run.Start; nextFailed++)
            {
                WriteFailed(output, failed[nextFailed], errors);
            }

            for (var unit = run.Start; unit < run.End && reader.TryRead(out var result); unit++)
            {
                ResultLines.WriteValid(output, unit, result);
            }
        }

        for (; nextFailed < failed.Count; nextFailed++)
        {
            WriteFailed(output, failed[nextFailed], errors);
        }
    }

    private static void WriteFailed(PipeWriter output, UnitRun run, Dictionary<long, string>? errors)
    {
        for (var unit = run.Start; unit < run.End; unit++)
        {
            ResultLines.WriteFailed(output, unit, errors?.GetValueOrDefault(unit));
        }
    }
}
