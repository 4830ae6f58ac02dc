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
            grain, (requestId, cancellationToken),
            static (catalog, a) => catalog.RegisterAsync(a.requestId, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JobId>> ActiveAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, cancellationToken, static (catalog, token) => catalog.ActiveAsync(token));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JobId>> ListAsync(
        JobId? before, int limit, CancellationToken cancellationToken) => calls.CallAsync(
        grain, (before, limit, cancellationToken),
        static (catalog, a) => catalog.ListAsync(a.before, a.limit, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask NoteClosedAsync(JobId job, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (job, cancellationToken),
            static (catalog, a) => catalog.NoteClosedAsync(a.job, a.cancellationToken));
}
