using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// Checks of a report what its shard cannot know: that the job has that shard, that no result is larger than
/// the job allows, and that every blob named is here. The shard then checks the rest. Costs no allocation
/// unless something is wrong.
/// </summary>
public static class ResultsCheck
{
    /// <summary>Why the report is refused as a whole, or null.</summary>
    /// <param name="report">The report.</param>
    /// <param name="job">Its job.</param>
    /// <param name="isHere">Whether the coordinator has a blob.</param>
    public static string? Refusal(GrantReport report, JobFacts job, Func<BlobId, bool> isHere)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(isHere);
        var shard = report.Grant.Shard;
        if (shard.Number >= job.ShardsAtLevel(shard.Level))
        {
            // A shard that no job can have would cost memory until it is forgotten again.
            return $"Job {job.Job} has no shard {shard}.";
        }

        var sizeMax = job.Submission.ResultSizeBytesMax;
        var reader = new PackedResultsReader(report.Results.Span);
        for (var i = 0; reader.TryRead(out var result); i++)
        {
            var size = result.IsBlob ? result.Blob.LengthBytes : result.Bytes.Length;
            if (size > sizeMax)
            {
                return $"Result {i} of the report has {size} bytes; the job allows {sizeMax}.";
            }

            if (result.IsBlob && !isHere(result.Blob))
            {
                return $"Blob {result.Blob}, result {i} of the report, is not here: "
                    + "upload it before the report.";
            }
        }

        return null;
    }
}
