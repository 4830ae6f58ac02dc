using System.Collections.Concurrent;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Engine;

public sealed class NoticeOutboxTests : IAsyncLifetime, IDisposable
{
    private static readonly ShardId Shard = new(new JobId(1), 0, 0);

    private readonly FakeTimeProvider _clock = new();
    private readonly ConcurrentQueue<Notice> _delivered = [];
    private readonly NoticeOutbox _outbox;
    private Func<Notice, Task> _deliver = _ => Task.CompletedTask;

    public NoticeOutboxTests()
    {
        _outbox = new NoticeOutbox(
            async (notice, _) =>
            {
                await _deliver(notice);
                _delivered.Enqueue(notice);
            },
            _clock, NullLogger.Instance);
        _outbox.Start();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _outbox.StopAsync(now.Token);
    }

    public void Dispose() => _outbox.Dispose();

    [Fact]
    public async Task Notices_OfOneShard_ComeInOrder()
    {
        var held = new TaskCompletionSource();
        _deliver = notice => notice is OpenShardNotice ? held.Task : Task.CompletedTask;
        _outbox.Post([new OpenShardNotice(Plan(Shard)), new EndShardNotice(Shard)]);
        Assert.Empty(_delivered);
        held.SetResult();
        await RestAsync();
        Assert.Collection(
            _delivered, n => Assert.IsType<OpenShardNotice>(n), n => Assert.IsType<EndShardNotice>(n));
    }

    [Fact]
    public async Task Notices_OfOtherShards_DoNotWaitForASlowOne()
    {
        var held = new TaskCompletionSource();
        _deliver = notice =>
            notice is EndShardNotice end && end.Shard == Shard ? held.Task : Task.CompletedTask;
        _outbox.Post([new EndShardNotice(Shard), new EndShardNotice(Shard with { Number = 1 })]);
        while (_delivered.IsEmpty)
        {
            await Task.Yield();
        }

        Assert.Equal(new EndShardNotice(Shard with { Number = 1 }), Assert.Single(_delivered));
        held.SetResult();
        await RestAsync();
        Assert.Equal(2, _delivered.Count);
    }

    [Fact]
    public async Task ANewerStateOfAJob_TakesThePlaceOfOneThatWaits()
    {
        var held = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        _deliver = _ =>
        {
            began.TrySetResult();
            return held.Task;
        };
        var job = new JobId(1);
        _outbox.Post([new JobChangedNotice(job, JobState.Queued)]);
        await began.Task;
        for (var i = 0; i < 1000; i++)
        {
            _outbox.Post(
                [new JobChangedNotice(job, JobState.Running), new JobChangedNotice(job, JobState.Paused)]);
        }

        held.SetResult();
        await RestAsync();
        Assert.Equal(
            [JobState.Queued, JobState.Paused], _delivered.Cast<JobChangedNotice>().Select(n => n.State));
    }

    [Fact]
    public async Task AFailedDelivery_IsTriedAgainWithGrowingPauses()
    {
        var failures = 5;
        _deliver = _ => failures-- > 0 ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        _outbox.Post([new EndShardNotice(Shard)]);
        var began = _clock.GetUtcNow();
        await RestAsync();
        while (_delivered.IsEmpty)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await RestAsync();
        }

        // 0.1 + 0.2 + 0.4 + 0.8 + 1.6 s.
        Assert.Equal(TimeSpan.FromSeconds(3.1), _clock.GetUtcNow() - began);
    }

    [Fact]
    public async Task Stop_DeliversWhatWaitsButNotWhatPauses()
    {
        _deliver = notice =>
            notice is EndShardNotice ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        _outbox.Post([new EndShardNotice(Shard)]);
        await RestAsync();
        _outbox.Post(
            [.. Enumerable.Range(1, 50).Select(i => new OpenShardNotice(Plan(Shard with { Number = i })))]);
        await _outbox.StopAsync(CancellationToken.None);
        Assert.Equal(50, _delivered.Count);
    }

    [Fact]
    public async Task Stop_WhenItsTimeIsUp_LeavesTheRest()
    {
        var outbox = new NoticeOutbox(
            async (_, token) =>
                await Task.Delay(Timeout.InfiniteTimeSpan, token), _clock, NullLogger.Instance);
        outbox.Start();
        outbox.Post([.. Enumerable.Range(1, 50).Select(i => new EndShardNotice(Shard with { Number = i }))]);
        await outbox.StopAsync(new CancellationToken(canceled: true));
        outbox.Dispose();
        Assert.Empty(_delivered);
    }

    private static ShardPlan Plan(ShardId shard) => new()
    {
        Shard = shard,
        UnitCount = 1,
        Quorum = 1,
        Agreement = AgreementRule.Exact,
        UnitTimeLimit = TimeSpan.FromHours(1),
        IsLastLevel = false,
    };

    private async Task RestAsync()
    {
        while (_outbox.IsBusy)
        {
            await Task.Yield();
        }
    }
}
