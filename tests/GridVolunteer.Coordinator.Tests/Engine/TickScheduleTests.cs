using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Engine;

public sealed class TickScheduleTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TickSchedule _schedule;
    private readonly List<string> _ticked = [];
    private int _sweeps;

    public TickScheduleTests()
    {
        _schedule = new TickSchedule(_clock, NullLogger.Instance);
        _schedule.Start(() => _sweeps++);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _schedule.StopAsync();
    }

    public void Dispose() => _schedule.Dispose();

    [Fact]
    public async Task AHost_IsTickedWhenItsTimeHasComeAndNotBefore()
    {
        var host = Wanting("a", seconds: 1);
        await AdvanceAsync(9);
        Assert.Empty(_ticked);
        await AdvanceAsync(1);
        Assert.Equal(["a"], _ticked);
        await AdvanceAsync(100);
        Assert.Single(_ticked);
        Assert.Null(host.NextTick);
    }

    [Fact]
    public async Task AnEarlierWish_Stands_AndALaterOneIsAskedForAnew()
    {
        var host = Wanting("a", seconds: 5);
        host.Want(2);
        host.Want(4);
        await AdvanceAsync(39);
        Assert.Empty(_ticked);
        await AdvanceAsync(1);
        Assert.Equal(["a"], _ticked);
    }

    [Fact]
    public async Task AHostThatNoLongerWantsATick_GetsNone()
    {
        Wanting("a", seconds: 1).NextTick = null;
        Wanting("b", seconds: 1);
        await AdvanceAsync(20);
        Assert.Equal(["b"], _ticked);
    }

    [Fact]
    public async Task AHostThatIsForgotten_GetsNoTick()
    {
        _schedule.Forget(Wanting("a", seconds: 1));
        Wanting("b", seconds: 1);
        await AdvanceAsync(20);
        Assert.Equal(["b"], _ticked);
    }

    [Fact]
    public async Task AHostThatThrows_StopsNobodysClock()
    {
        Wanting("a", seconds: 1, new InvalidOperationException("bug"));
        Wanting("b", seconds: 1, new StorageUnavailableException("full"));
        Wanting("c", seconds: 1);
        await AdvanceAsync(10);
        Wanting("d", seconds: 1);
        await AdvanceAsync(10);
        Assert.Equal(["a", "b", "c", "d"], _ticked.Order());
    }

    [Fact]
    public async Task Sweeps_ComeEveryTwoSeconds()
    {
        await AdvanceAsync(100);
        Assert.Equal(5, _sweeps);
    }

    private Wisher Wanting(string name, double seconds, Exception? failure = null)
    {
        var host = new Wisher(this, name, failure);
        host.Want(seconds);
        return host;
    }

    private async Task AdvanceAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            var rounds = _schedule.Rounds;
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            while (_schedule.Rounds == rounds)
            {
                await Task.Yield();
            }
        }
    }

    private sealed class Wisher(TickScheduleTests test, string name, Exception? failure) : ITickable
    {
        public DateTimeOffset? NextTick { get; set; }

        public void Want(double seconds)
        {
            NextTick = test._clock.GetUtcNow().AddSeconds(seconds);
            test._schedule.Note(this, NextTick.Value);
        }

        public ValueTask TickAsync(CancellationToken cancellationToken)
        {
            NextTick = null;
            test._ticked.Add(name);
            return failure is null ? ValueTask.CompletedTask : throw failure;
        }
    }
}
