using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Contracts;

/// <summary>The register of jobs: hands out ids, and knows which jobs still have work.</summary>
public interface ICatalog
{
    /// <summary>The id for a submission; the same request id gets the same job.</summary>
    ValueTask<JobId> RegisterAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>
    /// Jobs that are not over, oldest first; one that was cancelled or failed is over when all its shards have ended.
    /// </summary>
    ValueTask<IReadOnlyList<JobId>> ActiveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Ids of jobs below <paramref name="before"/> (null: from the newest), newest first, at most
    /// <paramref name="limit"/>.
    /// </summary>
    ValueTask<IReadOnlyList<JobId>> ListAsync(JobId? before, int limit, CancellationToken cancellationToken);

    /// <summary>A job is over, and so are all its shards: nobody needs to look after it any more.</summary>
    ValueTask NoteClosedAsync(JobId job, CancellationToken cancellationToken);
}
