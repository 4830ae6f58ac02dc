using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Tests.Brokering;

/// <summary>In which order one volunteer's requests are served, and when their wait for work ends.</summary>
public sealed class PeerDeskTests
{
    private static readonly PeerId Peer = PeerId.OfPublicKey([1]);
    private readonly PeerDesk _desk = new();

    [Fact]
    public async Task ARepetitionThatWaits_JoinsAndGetsTheSameAnswer()
    {
        var answer = new TaskCompletionSource<WorkAnswer?>();
        var first = _desk.ServeAsync(Peer, Request("a", 30), _ => answer.Task, default);
        var second = _desk.ServeAsync(Peer, Request("a", 30), Never, default);
        answer.SetResult(new WorkAnswer { RequestId = "a" });

        Assert.Same(await first, await second);
        Assert.Equal(0, _desk.Count);
    }

    [Fact]
    public async Task ARepetitionThatWillNotWait_EndsTheWait_ThoughTheFirstCallerSeemsToBeThere()
    {
        var first = _desk.ServeAsync(Peer, Request("a", 30), WaitForEnd, default);
        var second = await _desk.ServeAsync(Peer, Request("a", 0), Never, default);

        Assert.Equal("a", second!.RequestId);
        Assert.Same(second, await first);
    }

    [Fact]
    public async Task ANewerRequestForWork_EndsTheOlderOnesWait()
    {
        var older = _desk.ServeAsync(Peer, Request("a", 30), WaitForEnd, default);
        var newer = await _desk.ServeAsync(
            Peer, Request("b", 30), _ => Task.FromResult<WorkAnswer?>(new WorkAnswer { RequestId = "b" }), default);

        Assert.Equal("a", (await older)!.RequestId);
        Assert.Equal("b", newer!.RequestId);
    }

    private static WorkRequest Request(string id, double waitSeconds) =>
        new() { RequestId = id, WaitSeconds = waitSeconds, Wanted = new WorkWanted { Seconds = 1 } };

    private static Task<WorkAnswer?> Never(CancellationToken ended) => throw new InvalidOperationException("Served twice.");

    private static async Task<WorkAnswer?> WaitForEnd(CancellationToken ended)
    {
        var over = new TaskCompletionSource();
        await using var registration = ended.Register(over.SetResult);
        await over.Task;
        return new WorkAnswer { RequestId = "a" };
    }
}
