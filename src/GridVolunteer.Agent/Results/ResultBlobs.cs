using System.Net;
using GridVolunteer.Agent.Blobs;
using GridVolunteer.Agent.Link;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;

namespace GridVolunteer.Agent.Results;

/// <summary>
/// Results that are too large for a report: named by their hash, kept on disk until they are acknowledged, and uploaded
/// before the report that refers to them.
/// </summary>
internal sealed class ResultBlobs(string folder, CoordinatorLink link, BlobCache cache)
{
    /// <summary>Takes a file in by moving it; the same bytes twice are one blob.</summary>
    /// <exception cref="IOException">It is not there, or the disk refuses.</exception>
    public BlobId Keep(string path)
    {
        BlobId id;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            var hasher = new BlobHasher();
            var buffer = new byte[128 * 1024];
            while (file.Read(buffer) is var read and > 0)
            {
                hasher.Append(buffer.AsSpan(0, read));
            }

            id = hasher.Finish();
        }

        File.Move(path, PathOf(id), overwrite: true);
        return id;
    }

    /// <summary>
    /// Uploads those the coordinator lacks. Answers the ones that cannot be: lost or damaged on this disk, or refused.
    /// </summary>
    public async Task<IReadOnlyDictionary<BlobId, string>> UploadAsync(
        IReadOnlyList<BlobId> blobs, CancellationToken cancellation)
    {
        var failed = new Dictionary<BlobId, string>();
        var missing = await link.CallAsync((client, token) => client.MissingBlobsAsync(blobs, token), cancellation);
        foreach (var blob in missing.Distinct())
        {
            try
            {
                await link.CallAsync(
                    (client, token) => client.UploadBlobAsync(blob, () => File.OpenRead(PathOf(blob)), token), cancellation);
            }
            catch (Exception fault) when (fault is IOException
                or CoordinatorProblemException { Status: HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableContent })
            {
                failed[blob] = fault.Message;
            }
        }

        return failed;
    }

    /// <summary>The coordinator has it: the file goes to the cache, since a merge here may well want it.</summary>
    public void Release(BlobId blob)
    {
        var path = PathOf(blob);
        if (File.Exists(path))
        {
            cache.Adopt(blob, path);
        }
    }

    /// <summary>Removes files that no unreported result refers to: an earlier agent died between two steps.</summary>
    public void DeleteAllBut(IReadOnlySet<BlobId> referred)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (!BlobId.TryParse(Path.GetFileName(path), null, out var id) || !referred.Contains(id))
            {
                File.Delete(path);
            }
        }
    }

    private string PathOf(BlobId blob) => Path.Combine(folder, blob.ToString());
}
