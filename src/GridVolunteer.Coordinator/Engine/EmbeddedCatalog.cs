using GridVolunteer.Coordination.Catalog;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>The register of jobs in this process.</summary>
internal sealed class EmbeddedCatalog(HostDirectory<int, JobCatalog> hosts) : ICatalog
{
    private const int TheOne = 0;

    public ValueTask<JobId> RegisterAsync(string requestId, CancellationToken cancellationToken) =>
        hosts.AskAsync(
        TheOne, requestId, static (catalog, request, turn) =>
            catalog.Register(request, turn), cancellationToken);

    public ValueTask<IReadOnlyList<JobId>> ActiveAsync(CancellationToken cancellationToken) =>
        hosts.AskAsync(TheOne, 0, static (catalog, _, _) => catalog.Active(), cancellationToken);

    public ValueTask<IReadOnlyList<JobId>> ListAsync(
        JobId? before, int limit, CancellationToken cancellationToken) =>
        hosts.AskAsync(TheOne, (before, limit), static (catalog, page, _) => catalog.List(
            page.before, page.limit),
            cancellationToken);

    public async ValueTask NoteStateAsync(JobId job, JobState state, CancellationToken cancellationToken) =>
        await hosts.AskAsync(TheOne, (job, state), static (catalog, note, turn) =>
        {
            catalog.NoteState(note.job, note.state, turn);
            return true;
        }, cancellationToken);
}
