using System.Globalization;
using GridVolunteer.Protocol.About;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Protocol.Client;

/// <content>What submitters and operators call.</content>
public sealed partial class CoordinatorClient
{
    /// <summary>What the coordinator is, and its limits.</summary>
    public Task<AboutView> AboutAsync(CancellationToken cancellationToken) =>
        GetAsync(ApiRoutes.About, Json.AboutView, cancellationToken);

    /// <summary>
    /// Submits a planned job whose blobs are uploaded. A retry with the same request id makes no second job.
    /// </summary>
    public Task<JobAccepted> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken) =>
        PostAsync(ApiRoutes.Jobs, submission, Json.JobSubmission, Json.JobAccepted, cancellationToken);

    /// <summary>
    /// A page of jobs, newest first; <paramref name="before"/> is the last page's <c>Next</c>.
    /// </summary>
    public Task<JobPage> JobsAsync(string? before, int limit, CancellationToken cancellationToken) =>
        GetAsync(Page(ApiRoutes.Jobs, "before", before, limit), Json.JobPage, cancellationToken);

    /// <summary>One job.</summary>
    public Task<JobView> JobAsync(JobId job, CancellationToken cancellationToken) =>
        GetAsync(ApiRoutes.Job(job), Json.JobView, cancellationToken);

    /// <summary>Ends a job for good; what was computed stays readable.</summary>
    public Task<JobView> CancelAsync(JobId job, CancellationToken cancellationToken) =>
        ControlAsync(job, "cancel", cancellationToken);

    /// <summary>Stops handing out a job's units; results still count.</summary>
    public Task<JobView> PauseAsync(JobId job, CancellationToken cancellationToken) =>
        ControlAsync(job, "pause", cancellationToken);

    /// <summary>Goes on with a paused job.</summary>
    public Task<JobView> ResumeAsync(JobId job, CancellationToken cancellationToken) =>
        ControlAsync(job, "resume", cancellationToken);

    /// <summary>A page of the failures a job kept.</summary>
    public Task<FailurePage> FailuresAsync(
        JobId job, string? after, int limit, CancellationToken cancellationToken) =>
        GetAsync(Page(ApiRoutes.Failures(job), "after", after, limit), Json.FailurePage, cancellationToken);

    /// <summary>
    /// Writes a job's merged output to <paramref name="destination"/> and answers its bytes. A broken
    /// connection is resumed by range; a job without output is a problem with status 404 or 409.
    /// </summary>
    public Task<long> OutputAsync(JobId job, Stream destination, CancellationToken cancellationToken) =>
        DownloadAsync(ApiRoutes.Output(job), destination, 0, cancellationToken);

    private Task<JobView> ControlAsync(JobId job, string verb, CancellationToken cancellationToken) =>
        CallAsync(
        () => JsonPost(ApiRoutes.Control(job, verb), []), Json.JobView, CallLimit, cancellationToken);

    private static string Page(string route, string cursorName, string? cursor, int limit)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"{route}?limit={limit}");
        return cursor is null ? query : $"{query}&{cursorName}={Uri.EscapeDataString(cursor)}";
    }
}
