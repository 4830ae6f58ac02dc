using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>
/// What the engine says has changed, until the broker asks for it anew: each job and shard once, however
/// often it is named. Bounded: what does not fit is found by the broker's round a second later. Safe for
/// concurrent use.
/// </summary>
public sealed class HintQueue : IBrokerFeed
{
    /// <summary>How many are kept.</summary>
    public const int HintsMax = 4096;

    private readonly Lock _lock = new();
    private readonly HashSet<StaleHint> _waiting = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public void JobChanged(JobId job) => Add(new StaleHint(job, null));

    /// <inheritdoc/>
    public void WorkAppeared(ShardId shard) => Add(new StaleHint(shard.Job, shard));

    /// <summary>Completes when something waits.</summary>
    public Task WhenAny()
    {
        lock (_lock)
        {
            return _waiting.Count > 0 ? Task.CompletedTask : _arrival.Task;
        }
    }

    /// <summary>
    /// Takes all that waits, jobs first: what a job says decides which of its shards matter.
    /// </summary>
    public IReadOnlyList<StaleHint> Take()
    {
        lock (_lock)
        {
            StaleHint[] taken = [.. _waiting.OrderBy(hint => hint.Shard is not null)];
            _waiting.Clear();
            return taken;
        }
    }

    private void Add(StaleHint hint)
    {
        TaskCompletionSource? arrival = null;
        lock (_lock)
        {
            if (_waiting.Count < HintsMax && _waiting.Add(hint) && _waiting.Count == 1)
            {
                arrival = _arrival;
                _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        arrival?.SetResult();
    }
}
