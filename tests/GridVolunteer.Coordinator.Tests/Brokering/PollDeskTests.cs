using GridVolunteer.Coordinator.Brokering;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Brokering;

/// <summary>Where requests wait for work.</summary>
public sealed class PollDeskTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly PollDesk _desk;

    public PollDeskTests() => _desk = new PollDesk(max: 3, _clock);

    [Fact]
    public async Task Wake_WakesAsManyAsAsked_WhoWaitsLongestFirst()
    {
        var waiting = Enumerable.Range(0, 3).Select(_ => WaitAsync()).ToList();
        _desk.Wake(2);
        Assert.True(await waiting[0]);
        Assert.True(await waiting[1]);
        Assert.False(waiting[2].IsCompleted);
        Assert.Equal(1, _desk.Count);
    }

    [Fact]
    public async Task Wait_EndsWithItsTime()
    {
        var waiting = WaitAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await waiting);
        Assert.Equal(0, _desk.Count);
    }

    [Fact]
    public async Task Wait_BeyondTheBound_DoesNotBegin()
    {
        var waiting = Enumerable.Range(0, 3).Select(_ => WaitAsync()).ToList();
        Assert.False(await WaitAsync());
        _desk.Wake(3);
        Assert.All(await Task.WhenAll(waiting), Assert.True);
    }

    [Fact]
    public async Task Wait_AfterWorkAppearedSinceTheLastLook_LooksAgainAtOnce()
    {
        var seen = _desk.Version;
        _desk.Wake(1);
        Assert.True(await _desk.WaitAsync(seen, TimeSpan.FromSeconds(10), CancellationToken.None));
        Assert.Equal(0, _desk.Count);
    }

    [Fact]
    public async Task Wait_EndsWhenCancelled()
    {
        using var ended = new CancellationTokenSource();
        var waiting = _desk.WaitAsync(_desk.Version, TimeSpan.FromSeconds(10), ended.Token);
        await ended.CancelAsync();
        Assert.False(await waiting);
        Assert.False(await _desk.WaitAsync(_desk.Version, TimeSpan.FromSeconds(10), ended.Token));
    }

    private Task<bool> WaitAsync() =>
        _desk.WaitAsync(_desk.Version, TimeSpan.FromSeconds(10), CancellationToken.None);
}
