using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Tests.Brokering;

/// <summary>What changed, until the broker asks.</summary>
public sealed class HintQueueTests
{
    private readonly HintQueue _queue = new();

    [Fact]
    public void Changes_OfOneThing_AreKeptOnce_JobsFirst()
    {
        var shard = new ShardId(new JobId(1), 0, 3);
        _queue.WorkAppeared(shard);
        _queue.WorkAppeared(shard);
        _queue.JobChanged(new JobId(2));
        var taken = _queue.Take();
        Assert.Equal([(new JobId(2), null), (new JobId(1), shard)], taken.Select(h => (h.Job, h.Shard)));
        Assert.Empty(_queue.Take());
    }

    [Fact]
    public async Task WhenAny_CompletesWithTheFirstChange_AndWaitsAgainAfterATake()
    {
        var first = _queue.WhenAny();
        Assert.False(first.IsCompleted);
        _queue.JobChanged(new JobId(1));
        await first;
        Assert.True(_queue.WhenAny().IsCompleted);
        _queue.Take();
        Assert.False(_queue.WhenAny().IsCompleted);
    }

    [Fact]
    public void Changes_BeyondTheBound_AreLeftToTheNextRound()
    {
        for (var i = 1; i <= HintQueue.HintsMax + 10; i++)
        {
            _queue.JobChanged(new JobId(i));
        }

        Assert.Equal(HintQueue.HintsMax, _queue.Take().Count);
    }
}
