using System.Collections.Concurrent;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// What never changes about the jobs that are talked about, so that an exchange does not ask their entities
/// for it. Holds at most <see cref="JobsMax"/>; beyond it starts afresh, which costs a question per job. Safe
/// for concurrent use.
/// </summary>
/// <param name="grid">Where jobs are asked.</param>
public sealed class JobFactsCache(IGrid grid)
{
    /// <summary>How many jobs are remembered.</summary>
    public const int JobsMax = 256;

    private readonly ConcurrentDictionary<JobId, JobFacts> _facts = new();

    /// <summary>The job, or null when there is none.</summary>
    public ValueTask<JobFacts?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        _facts.TryGetValue(job, out var facts)
            ? new ValueTask<JobFacts?>(facts)
            : AskAsync(job, cancellationToken);

    /// <summary>The job, or null when it is not remembered.</summary>
    public JobFacts? Known(JobId job) => _facts.GetValueOrDefault(job);

    /// <summary>Remembers the job of a snapshot.</summary>
    public JobFacts Note(JobSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (_facts.TryGetValue(snapshot.Id, out var known))
        {
            return known;
        }

        if (_facts.Count >= JobsMax)
        {
            _facts.Clear();
        }

        return _facts.GetOrAdd(snapshot.Id, static (id, s) => new JobFacts(id, s.Submission), snapshot);
    }

    private async ValueTask<JobFacts?> AskAsync(JobId job, CancellationToken cancellationToken) =>
        await grid.Job(job).SnapshotAsync(cancellationToken) is { } snapshot ? Note(snapshot) : null;
}
