using GridVolunteer.Coordination.Catalog;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using Orleans.Concurrency;
using Orleans.Placement;

namespace GridVolunteer.Cluster.Grains;

/// <summary>The register of jobs. Asked when a job is submitted, ends or is listed, and never by exchanges.</summary>
[Reentrant]
[RandomPlacement]
internal sealed class CatalogGrain : EntityGrain<JobCatalog>, ICatalogGrain
{
    private readonly HostedCatalog _catalog;

    /// <summary>The one.</summary>
    public CatalogGrain(SiloEngine silo)
        : base(EntityKey.Catalog, () => new JobCatalog(), silo) => _catalog = new HostedCatalog(Host);

    /// <inheritdoc/>
    public ValueTask<JobId> RegisterAsync(string requestId, CancellationToken cancellationToken) =>
        _catalog.RegisterAsync(requestId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JobId>> ActiveAsync(CancellationToken cancellationToken) =>
        _catalog.ActiveAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JobId>> ListAsync(
        JobId? before, int limit, CancellationToken cancellationToken) =>
        _catalog.ListAsync(before, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask NoteClosedAsync(JobId job, CancellationToken cancellationToken) =>
        _catalog.NoteClosedAsync(job, cancellationToken);
}
