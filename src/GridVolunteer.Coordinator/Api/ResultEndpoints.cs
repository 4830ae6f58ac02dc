using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace GridVolunteer.Coordinator.Api;

/// <summary>What came of jobs: results, output, failures, and the children of merge units.</summary>
public static class ResultEndpoints
{
    /// <summary>The most units whose results are asked for at a time.</summary>
    public const int ChildrenMax = 1024;

    private const string NdJson = "application/x-ndjson";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiRoutes.Jobs + "/{id}/results", ResultsAsync)
            .For(Access.Reader)
            .Described(
                "results", "The results so far: one NDJSON line for each decided work unit, in index order.",
                "?after=N goes on behind unit N. A result that is JSON stands under 'result', other bytes under "
                + "'resultBase64', a large one's blob under 'blob'; a unit that failed has state 'failed' and an "
                + "'error'.")
            .Produces(200, contentType: NdJson)
            .Problems(400, 404);
        routes.MapGet(ApiRoutes.Jobs + "/{id}/output", OutputAsync)
            .For(Access.Reader)
            .Described("output", "The merged output, with ranges.")
            .Produces(200, contentType: RawBytes.OctetStream)
            .Problems(400, 404, 409);
        routes.MapGet(ApiRoutes.Jobs + "/{id}/failures", FailuresAsync)
            .For(Access.Reader)
            .Described(
                "failures", "Failures of units, by level, unit and time.",
                "At most 1,000 are kept for each 65,536 units. A page may be short and still name a next "
                + "one.")
            .Produces<FailurePage>()
            .Problems(400, 404);
        routes.MapGet(ApiRoutes.Jobs + "/{id}/children", ChildrenAsync)
            .For(Access.Fetcher)
            .Described(
                "children", "Canonical results of a run of units of one level, as a merge unit needs them.",
                "At most 1,024 units; those without a valid result are left out.")
            .Produces<ChildResults>()
            .Problems(400, 404);
    }

    private static async Task<IResult> ResultsAsync(
        HttpContext context, string id, string? after, IGrid grid, ResultStream stream,
        IHostApplicationLifetime lifetime)
    {
        var job = Binding.Id<JobId>(id);
        var behind = Binding.Number("after", after, 0, long.MaxValue - 1, absent: -1);
        if (await grid.Job(job).SnapshotAsync(context.RequestAborted) is not { } snapshot)
        {
            return JobEndpoints.NoSuchJob(job);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = NdJson;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await stream.WriteAsync(context.Response.BodyWriter, snapshot, behind, ended.Token);
        return Results.Empty;
    }

    private static async Task<IResult> OutputAsync(
        HttpContext context, string id, IGrid grid, ResultReader results, BlobStore blobs,
        CancellationToken cancellationToken)
    {
        var job = Binding.Id<JobId>(id);
        if (await grid.Job(job).SnapshotAsync(cancellationToken) is not { } snapshot)
        {
            return JobEndpoints.NoSuchJob(job);
        }

        if (await JobOutput.FindAsync(snapshot, results, cancellationToken) is not { } output)
        {
            return new ProblemResult(ApiProblem.Conflict(WhyNoOutput(snapshot)));
        }

        var type = snapshot.Submission.OutputType;
        return output.Blob is not { } blob
            ? RawBytes.Of(context, output.Inline, type, Digest.Of(output.Inline.Span).ToString())
            : blobs.TryOpen(blob) is { } bytes
            ? RawBytes.Of(context, bytes, type, blob.ToString())
            : throw new StorageUnavailableException(
                $"Blob {blob}, the output of job {job}, is missing in the data folder.");
    }

    private static string WhyNoOutput(JobSnapshot job) =>
        job.Submission.MergeFanIn == 0 ? $"Job {job.Id} does not merge, so it has no output; see its results."
        : job.State.IsFinal() ? $"Job {job.Id} is {job.State.Word()} and has no output."
        : $"Job {job.Id} is {job.State.Word()}; its output is there when it is completed.";

    private static async Task<IResult> FailuresAsync(
        string id, string? after, string? limit, IGrid grid, FailureList failures,
        CancellationToken cancellationToken)
    {
        var job = Binding.Id<JobId>(id);
        var cursor = FailureCursor.Parse(after);
        var size = Binding.PageSize(limit);
        return await grid.Job(job).SnapshotAsync(cancellationToken) is { } snapshot
            ? TypedResults.Ok(await failures.PageAsync(snapshot, cursor, size, cancellationToken))
            : JobEndpoints.NoSuchJob(job);
    }

    private static async Task<IResult> ChildrenAsync(
        string id, string? level, string? start, string? count, IGrid grid, ResultReader results,
        CancellationToken cancellationToken)
    {
        var job = Binding.Id<JobId>(id);
        var atLevel = (int)Binding.Number("level", level, 0, 63);
        var from = Binding.Number("start", start, 0, long.MaxValue - ChildrenMax);
        var wanted = (int)Binding.Number("count", count, 1, ChildrenMax);
        if (await grid.Job(job).SnapshotAsync(cancellationToken) is not { } snapshot)
        {
            return JobEndpoints.NoSuchJob(job);
        }

        var opened = (long)JobLevels.OpenedShards(snapshot, atLevel) * WorkGeometry.UnitsPerShard;
        var end = Math.Min(Math.Min(from + wanted, JobLevels.Units(snapshot, atLevel)), opened);
        return TypedResults.Ok(end <= from
            ? new ChildResults { Present = [], Results = default }
            : await results.ReadChildrenAsync(
                job, atLevel, new UnitRun(from, (int)(end - from)), cancellationToken));
    }
}
