using GridVolunteer.Coordination.Catalog;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>The register of jobs behind its mailbox.</summary>
/// <param name="mailbox">The mailbox.</param>
public sealed class HostedCatalog(IMailbox<JobCatalog> mailbox) : ICatalog
{
    /// <inheritdoc/>
    public ValueTask<JobId> RegisterAsync(string requestId, CancellationToken cancellationToken) =>
        mailbox.AskAsync(
        requestId, static (catalog, request, turn) =>
            catalog.Register(request, turn), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JobId>> ActiveAsync(CancellationToken cancellationToken) =>
        mailbox.AskAsync(0, static (catalog, _, _) => catalog.Active(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JobId>> ListAsync(
        JobId? before, int limit, CancellationToken cancellationToken) =>
        mailbox.AskAsync((before, limit), static (catalog, page, _) => catalog.List(
            page.before, page.limit),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask NoteClosedAsync(JobId job, CancellationToken cancellationToken) =>
        await mailbox.AskAsync(job, static (catalog, job, turn) =>
        {
            catalog.NoteClosed(job, turn);
            return true;
        }, cancellationToken);
}
