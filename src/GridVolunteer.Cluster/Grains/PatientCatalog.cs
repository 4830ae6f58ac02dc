using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Grains;

/// <summary>The register of jobs as its callers see it, wherever it lives or moves to.</summary>
internal sealed class PatientCatalog(ICatalogGrain grain, PatientCalls calls) : ICatalog
{
    /// <inheritdoc/>
    public ValueTask<JobId> RegisterAsync(string requestId, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, requestId,
            static (catalog, requestId, token) => catalog.RegisterAsync(requestId, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JobId>> ActiveAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, 0, static (catalog, _, token) => catalog.ActiveAsync(token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JobId>> ListAsync(
        JobId? before, int limit, CancellationToken cancellationToken) => calls.CallAsync(
        grain, (before, limit),
        static (catalog, a, token) => catalog.ListAsync(a.before, a.limit, token),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask NoteClosedAsync(JobId job, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, job,
            static (catalog, job, token) => catalog.NoteClosedAsync(job, token),
            cancellationToken);
}
