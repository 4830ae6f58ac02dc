using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GridVolunteer.Coordinator.Api;

/// <summary>Jobs: submitted, listed, followed, controlled.</summary>
public static class JobEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiRoutes.Jobs, SubmitAsync)
            .For(Access.Operator)
            .Described(
                "submit", "Submits a planned job.",
                "Every blob it names must be uploaded before. A repetition with the same requestId makes no "
                + "second job.")
            .Produces<JobAccepted>(201)
            .Problems(400, 401, 403, 413, 422, 503);
        routes.MapGet(ApiRoutes.Jobs, ListAsync)
            .For(Access.Reader)
            .Described("jobs", "Lists jobs, newest first.")
            .Produces<JobPage>()
            .Problems(400);
        routes.MapGet(ApiRoutes.Jobs + "/{id}", FindAsync)
            .For(Access.Reader)
            .Described("job", "One job: its state, counters, and why it waits.")
            .Produces<JobView>()
            .Problems(400, 404);
        routes.MapGet(ApiRoutes.Jobs + "/{id}/recipe", RecipeAsync)
            .For(Access.Fetcher)
            .Described("recipe", "What an agent needs once to compute any unit of a job. Never changes.")
            .Produces<JobRecipe>()
            .Problems(400, 404);
        MapControl(
            routes, "cancel", JobControl.Cancel, "Ends a job for good; what was computed stays readable.");
        MapControl(routes, "pause", JobControl.Pause, "Hands out no more of a job; results still count.");
        MapControl(routes, "resume", JobControl.Resume, "Goes on with a paused job.");
    }

    private static void MapControl(
        IEndpointRouteBuilder routes, string verb, JobControl control, string summary) =>
        routes.MapPost(
                $"{ApiRoutes.Jobs}/{{id}}/{verb}",
                (string id, IGrid grid, JobViews views, CancellationToken cancellationToken) =>
                    ControlAsync(Binding.Id<JobId>(id), control, grid, views, cancellationToken))
            .For(Access.Operator)
            .Described(verb, summary)
            .Produces<JobView>()
            .Problems(400, 401, 403, 404, 409, 503);

    private static async Task<IResult> SubmitAsync(
        JobSubmission submission, SubmissionDesk desk, CancellationToken cancellationToken)
    {
        var (job, faults) = await desk.SubmitAsync(submission, cancellationToken);
        return faults.Count > 0
            ? new ProblemResult(ApiProblem.Rejected(faults))
            : TypedResults.Created(ApiRoutes.Job(job), new JobAccepted(job));
    }

    private static async Task<IResult> ListAsync(
        string? before, string? limit, IGrid grid, JobViews views, CancellationToken cancellationToken)
    {
        var size = Binding.PageSize(limit);
        var ids = await grid.Catalog.ListAsync(Binding.OptionalId<JobId>(before), size, cancellationToken);
        var items = new List<JobView>(ids.Count);
        foreach (var id in ids)
        {
            // A number may stand for a submission that was never completed.
            if (await views.FindAsync(id, cancellationToken) is { } view)
            {
                items.Add(view);
            }
        }

        return TypedResults.Ok(
            new JobPage(items, ids.Count == size && ids[^1].Number > 1 ? ids[^1].ToString() : null));
    }

    private static async Task<IResult> FindAsync(
        string id, JobViews views, CancellationToken cancellationToken)
    {
        var job = Binding.Id<JobId>(id);
        return await views.FindAsync(job, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : NoSuchJob(job);
    }

    private static async Task<IResult> RecipeAsync(
        string id, JobFactsCache jobs, CancellationToken cancellationToken)
    {
        var job = Binding.Id<JobId>(id);
        return await jobs.FindAsync(job, cancellationToken) is { } facts
            ? TypedResults.Ok(facts.Recipe)
            : NoSuchJob(job);
    }

    private static async Task<IResult> ControlAsync(
        JobId job, JobControl control, IGrid grid, JobViews views, CancellationToken cancellationToken)
    {
        var outcome = await grid.Job(job).ControlAsync(control, cancellationToken);
        return outcome.Kind switch
        {
            ControlOutcomeKind.NotFound => NoSuchJob(job),
            ControlOutcomeKind.Refused => new ProblemResult(ApiProblem.Conflict(
                $"Job {job} is {outcome.State.Word()}: it cannot be {Participle(control)}.")),
            _ => await views.FindAsync(job, cancellationToken) is { } view
                ? TypedResults.Ok(view)
                : NoSuchJob(job),
        };
    }

    private static string Participle(JobControl control) => control switch
    {
        JobControl.Cancel => "cancelled",
        JobControl.Pause => "paused",
        _ => "resumed",
    };

    /// <summary>404 for a job.</summary>
    internal static ProblemResult NoSuchJob(JobId job) => new(ApiProblem.NotFound($"There is no job {job}."));
}
