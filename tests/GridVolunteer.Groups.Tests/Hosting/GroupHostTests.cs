using System.Threading.Channels;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Hosting;

public sealed class GroupHostTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task ProtocolThatIsAdded_GetsItsMessagesAndTicks()
    {
        await using var first = await LoopbackFleet.StartNodeAsync();
        await using var second = await LoopbackFleet.StartNodeAsync(first.EndPoint!);
        var (one, heardByFirst) = await AddEchoAsync(first);
        var (_, heardBySecond) = await AddEchoAsync(second);

        first.Host.Post(now => one.Protocol.Greet(second.Id, now, one.Hosted.Output));

        Assert.Equal($"greeted by {first.Id}", await ReadAsync(heardBySecond));
        string[] heard = [await ReadAsync(heardByFirst), await ReadAsync(heardByFirst)];
        Assert.Equal([$"answered by {second.Id}", "tick"], heard.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Add_OfAFamilyThatIsTaken_IsRefused()
    {
        await using var node = await LoopbackFleet.StartNodeAsync();
        await AddEchoAsync(node);

        await Assert.ThrowsAsync<ArgumentException>(() => AddEchoAsync(node));
        await Assert.ThrowsAsync<ArgumentException>(() => node.Host.AskAsync(
            _ => node.Host.Add(new EchoProtocol(), (_, _) => { }, MessageFamily.Ordering)));
        await Assert.ThrowsAsync<ArgumentException>(() => node.Host.AskAsync(
            _ => node.Host.Add(new EchoProtocol(), (_, _) => { })));
    }

    [Fact]
    public async Task GlobalTime_IsMeasuredAgainstTheGroupServer()
    {
        await using var server = GroupServerNode.Start(LoopbackFleet.Options([], lan: null));
        await using var node = await GroupNode.StartAsync(
            LoopbackFleet.Options([], lan: null) with { Server = server.Contact });

        await SendsInGlobalTimeAsync(node);
    }

    [Fact]
    public async Task GlobalTime_IsMeasuredAgainstAPeerThatServesIt()
    {
        await using var source = await GroupNode.StartAsync(
            LoopbackFleet.Options([], lan: null) with { ServesTime = true });
        await using var node = await GroupNode.StartAsync(
            LoopbackFleet.Options([source.EndPoint!], lan: null) with { TimeSource = source.Id });

        await SendsInGlobalTimeAsync(node);
    }

    [Fact]
    public async Task GlobalTime_WithoutASourceOfTheTime_IsRefusedWithWords()
    {
        await using var node = await LoopbackFleet.StartNodeAsync();
        await using var reader = await GroupReader.JoinAsync(node, "team");

        Assert.Null(await node.TimeAsync());
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => reader.SendAsync("when?", Delivery.GlobalTime));
        Assert.Contains("TimeSource", refused.Message, StringComparison.Ordinal);
    }

    private static async Task SendsInGlobalTimeAsync(GroupNode node)
    {
        await UntilTimeIsMeasuredAsync(node.Host);
        var time = Assert.NotNull(await node.TimeAsync());
        Assert.InRange(time.Epsilon, TimeSpan.FromTicks(1), Limit);
        Assert.InRange((time.Time - DateTimeOffset.UtcNow).Duration(), TimeSpan.Zero, Limit);
        await using var reader = await GroupReader.JoinAsync(node, "team");
        await reader.SendAsync("now", Delivery.GlobalTime);
        await reader.UntilAsync(
            updates => updates.OfType<GroupUpdate.Message>().Any(m => m.Time is not null), "a message with its time");
    }

    /// <summary>Looks at the end of each step, the one that begins to look included.</summary>
    private static async Task UntilTimeIsMeasuredAsync(GroupHost host)
    {
        var measured = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Post(_ => host.StepEnds += _ =>
        {
            if (host.Groups.Time is not null)
            {
                measured.TrySetResult();
            }
        });
        await measured.Task.WaitAsync(Limit);
    }

    private static async Task<((EchoProtocol Protocol, HostedProtocol<string> Hosted) Echo, ChannelReader<string> Heard)>
        AddEchoAsync(GroupNode node)
    {
        var heard = Channel.CreateUnbounded<string>();
        var echo = new EchoProtocol();
        var hosted = await node.Host.AskAsync(
            _ => node.Host.Add(echo, (what, _) => heard.Writer.TryWrite(what), MessageFamily.Application));
        return ((echo, hosted), heard.Reader);
    }

    private static async Task<string> ReadAsync(ChannelReader<string> heard) =>
        await heard.ReadAsync().AsTask().WaitAsync(Limit);
}
