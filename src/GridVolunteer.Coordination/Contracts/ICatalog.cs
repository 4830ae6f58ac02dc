using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Contracts;

/// <summary>The register of jobs: hands out ids, and knows which jobs still have work.</summary>
public interface ICatalog
{
    /// <summary>The id for a submission; the same request id gets the same job.</summary>
    ValueTask<JobId> RegisterAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>Jobs not in a final state, oldest first.</summary>
    ValueTask<IReadOnlyList<JobId>> ActiveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Ids of jobs below <paramref name="before"/> (null: from the newest), newest first, at most
    /// <paramref name="limit"/>.
    /// </summary>
    ValueTask<IReadOnlyList<JobId>> ListAsync(JobId? before, int limit, CancellationToken cancellationToken);

    /// <summary>A job's state changed.</summary>
    ValueTask NoteStateAsync(JobId job, JobState state, CancellationToken cancellationToken);
}
