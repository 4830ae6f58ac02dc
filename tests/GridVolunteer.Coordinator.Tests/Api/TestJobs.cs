using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Submits jobs as the command line would.</summary>
internal static class TestJobs
{
    private static int _requests;

    public static JobSubmission Submission(BlobId package, long units = 100) => new()
    {
        RequestId = $"submission-{Interlocked.Increment(ref _requests)}",
        Workload = "Test",
        Package = package,
        Parameters = JsonDocument.Parse("{}").RootElement,
        Units = units,
        MergeFanIn = 0,
    };

    public static async Task<BlobId> UploadAsync(HttpClient http, byte[] bytes)
    {
        var hasher = new BlobHasher();
        hasher.Append(bytes);
        var blob = hasher.Finish();
        var answer = await PutAsync(http, blob, bytes);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return blob;
    }

    public static Task<HttpResponseMessage> PutAsync(HttpClient http, BlobId blob, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return http.PutAsync($"/v1/blobs/{blob}", content);
    }

    public static Task<BlobId> PackageAsync(TestCoordinator coordinator) =>
        UploadAsync(coordinator.Operator, Encoding.UTF8.GetBytes("a package"));

    public static Task<HttpResponseMessage> PostAsync(HttpClient http, JobSubmission submission) =>
        http.PostAsJsonAsync("/v1/jobs", submission, ProtocolJson.Default.JobSubmission);

    public static async Task<JobId> SubmitAsync(
        TestCoordinator coordinator, Func<JobSubmission, JobSubmission>? change = null)
    {
        var submission = Submission(await PackageAsync(coordinator));
        var answer = await PostAsync(coordinator.Operator, change?.Invoke(submission) ?? submission);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await TestCoordinator.ReadAsync(answer, ProtocolJson.Default.JobAccepted)).JobId;
    }

    /// <summary>Waits until a job that has nothing left to compute says so itself.</summary>
    public static Task CompletedAsync(TestCoordinator coordinator, JobId job) => Waiting.UntilAsync(
        async () => (await ViewAsync(coordinator, job)).State == JobState.Completed);

    public static async Task<JobView> ViewAsync(TestCoordinator coordinator, JobId job) =>
        await TestCoordinator.ReadAsync(
            await coordinator.Anonymous.GetAsync($"/v1/jobs/{job}"), ProtocolJson.Default.JobView);
}
