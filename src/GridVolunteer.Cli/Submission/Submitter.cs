using System.Security.Cryptography;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cli.Submission;

/// <summary>
/// Brings a planned job to a coordinator: uploads the blobs it lacks, then submits. A submission whose answer
/// was lost is repeated under the same request id, so there is one job whatever the network does.
/// </summary>
/// <param name="client">The coordinator.</param>
/// <param name="clock">The clock.</param>
public sealed class Submitter(CoordinatorClient client, TimeProvider clock)
{
    private const int TriesMax = 3;
    private const int RequestIdDigits = 32;
    private const int MissingAskedMax = 10_000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Hears of each upload: how many bytes of how many are there.</summary>
    public Action<long, long>? OnUploaded { get; init; }

    /// <summary>Uploads and submits.</summary>
    /// <returns>The job, durable from now on.</returns>
    public async Task<JobId> SubmitAsync(
        PlannedJob planned, SubmissionSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(settings);
        var blobs = new Dictionary<string, BlobId>(StringComparer.Ordinal);
        foreach (var file in planned.Files)
        {
            blobs[file] = await BlobHasher.OfFileAsync(file, cancellation);
        }

        await UploadAsync(blobs, cancellation);
        var requestId = RandomNumberGenerator.GetHexString(RequestIdDigits, lowercase: true);
        var submission = planned.ToSubmission(requestId, file => blobs[file]) with
        {
            Name = settings.Name,
            Quorum = settings.Quorum,
            Priority = settings.Priority,
            Seed = settings.Seed,
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await client.SubmitAsync(submission, cancellation)).JobId;
            }
            catch (CoordinatorUnreachableException) when (attempt < TriesMax)
            {
                await Task.Delay(RetryDelay, clock, cancellation);
            }
        }
    }

    private async Task UploadAsync(Dictionary<string, BlobId> blobs, CancellationToken cancellation)
    {
        var missing = new HashSet<BlobId>();
        foreach (var chunk in blobs.Values.Distinct().Chunk(MissingAskedMax))
        {
            missing.UnionWith(await client.MissingBlobsAsync(chunk, cancellation));
        }

        var total = missing.Sum(blob => blob.LengthBytes);
        var done = 0L;
        foreach (var (file, blob) in blobs)
        {
            if (missing.Remove(blob))
            {
                await client.UploadBlobAsync(blob, () => File.OpenRead(file), cancellation);
                done += blob.LengthBytes;
                OnUploaded?.Invoke(done, total);
            }
        }
    }
}
