using GridVolunteer.Coordination.Catalog;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

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
    public async ValueTask NoteStateAsync(JobId job, JobState state, CancellationToken cancellationToken) =>
        await mailbox.AskAsync((job, state), static (catalog, note, turn) =>
        {
            catalog.NoteState(note.job, note.state, turn);
            return true;
        }, cancellationToken);
}
