using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Tests.Brokering;

/// <summary>The order of one volunteer's requests.</summary>
public sealed class PeerDeskTests
{
    private static readonly PeerId Peer = new(1, 1);
    private readonly PeerDesk _desk = new();
    private readonly List<string> _served = [];

    [Fact]
    public async Task SameRequest_WhileItIsServed_IsJoined_AndGetsTheSameAnswer()
    {
        var answer = new TaskCompletionSource<WorkAnswer?>();
        var first = Ask("1", _ => answer.Task);
        var second = Ask("1", _ => throw new InvalidOperationException("served twice"));
        answer.SetResult(Answer("1"));
        Assert.Same(await first, await second);
        Assert.Equal(0, _desk.Count);
    }

    [Fact]
    public async Task Joined_WhenTheFirstCallerLeaves_IsServedOn()
    {
        using var gone = new CancellationTokenSource();
        var answer = new TaskCompletionSource<WorkAnswer?>();
        var ended = CancellationToken.None;
        var first = Ask("1", token => Note(token, answer.Task), gone: gone.Token);
        var second = Ask("1", _ => throw new InvalidOperationException("served twice"));
        await gone.CancelAsync();
        Assert.False(ended.IsCancellationRequested);
        answer.SetResult(Answer("1"));
        Assert.Same(await first, await second);

        Task<WorkAnswer?> Note(CancellationToken token, Task<WorkAnswer?> task)
        {
            ended = token;
            return task;
        }
    }

    [Fact]
    public async Task Wait_EndsWhenAllWhoAskedAreGone()
    {
        using var gone = new CancellationTokenSource();
        var first = Ask("1", Waits, gone: gone.Token);
        var second = Ask("1", Waits, gone: gone.Token);
        await gone.CancelAsync();
        Assert.Equal("1", (await first)!.RequestId);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task RepetitionThatWillNotWait_EndsTheWait_ThoughTheFirstCallerSeemsToBeThere()
    {
        var first = Ask("1", Waits);
        var second = await _desk.ServeAsync(
            Peer, Request("1", wantsWork: true, waitSeconds: 0),
            _ => throw new InvalidOperationException("served twice"), CancellationToken.None);
        Assert.Same(second, await first);
    }

    [Fact]
    public async Task NewerRequestForWork_EndsTheOlderOnesWait_AndIsServedAfterIt()
    {
        var older = Ask("1", Waits);
        var newer = Ask("2", _ => Now("2"));
        await Task.WhenAll(older, newer);
        Assert.Equal(["1", "2"], _served);
    }

    [Fact]
    public async Task MereReport_LetsTheRequestForWorkWait()
    {
        var older = Ask("1", Waits);
        await Ask("2", _ => Now("2"), wantsWork: false);
        Assert.False(older.IsCompleted);
        await Ask("3", _ => Now("3"));
        await older;
        Assert.Equal(["2", "1", "3"], _served);
    }

    [Fact]
    public async Task Failure_IsToldToAllWhoJoined_AndTheNextIsServedAnew()
    {
        var answer = new TaskCompletionSource<WorkAnswer?>();
        var first = Ask("1", _ => answer.Task);
        var second = Ask("1", _ => throw new InvalidOperationException("served twice"));
        answer.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        Assert.Equal("1", (await Ask("1", _ => Now("1")))!.RequestId);
    }

    private Task<WorkAnswer?> Ask(
        string id, Func<CancellationToken, Task<WorkAnswer?>> serve, bool wantsWork =
            true, CancellationToken gone = default) =>
        _desk.ServeAsync(
            Peer, Request(id, wantsWork, waitSeconds: 30), serve, gone);

    private static WorkRequest Request(string id, bool wantsWork, double waitSeconds) => new()
    {
        RequestId = id,
        WaitSeconds = waitSeconds,
        Wanted = wantsWork ? new WorkWanted { Seconds = 1 } : null,
    };

    private async Task<WorkAnswer?> Waits(CancellationToken ended)
    {
        var over = new TaskCompletionSource();
        await using var registration = ended.Register(over.SetResult);
        await over.Task;
        _served.Add("1");
        return Answer("1");
    }

    private Task<WorkAnswer?> Now(string id)
    {
        _served.Add(id);
        return Task.FromResult<WorkAnswer?>(Answer(id));
    }

    private static WorkAnswer Answer(string id) => new() { RequestId = id };
}
