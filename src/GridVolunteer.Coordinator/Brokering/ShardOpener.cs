using System.Collections.Concurrent;
using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// Has jobs open their next shard. Requests that find a job without an open shard at the same time share one
/// opening, so that a thousand hungry volunteers open one shard and not a thousand. Safe for concurrent use.
/// </summary>
/// <param name="grid">Where jobs and shards are asked.</param>
/// <param name="hints">Learns what came of it.</param>
public sealed class ShardOpener(IGrid grid, HintKeeper hints)
{
    private readonly ConcurrentDictionary<JobId, Lazy<Task<ShardId?>>> _openings = new();

    /// <summary>The shard that the job opened, or null when it would not.</summary>
    public async Task<ShardId?> OpenAsync(Choice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var opening = _openings.GetOrAdd(
            choice.Job, _ => new Lazy<Task<ShardId?>>(() => OpenOnceAsync(choice)));
        return await opening.Value;
    }

    private async Task<ShardId?> OpenOnceAsync(Choice choice)
    {
        try
        {
            var plan = await grid.Job(choice.Job).AdvanceAsync(choice.OpenShards, CancellationToken.None);
            if (plan is not null)
            {
                // The job tells the shard too, but later; opening twice changes nothing.
                await grid.Shard(plan.Shard).OpenAsync(plan, CancellationToken.None);
            }

            hints.NoteAdvance(choice.Job, plan);
            return plan?.Shard;
        }
        finally
        {
            _openings.TryRemove(choice.Job, out _);
        }
    }
}
