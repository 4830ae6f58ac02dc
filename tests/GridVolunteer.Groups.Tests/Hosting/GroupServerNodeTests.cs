using GridVolunteer.Groups.Hosting;

namespace GridVolunteer.Groups.Tests.Hosting;

public sealed class GroupServerNodeTests
{
    [Fact]
    public async Task HierarchicalGroup_WhoseServerIsLost_GoesOnAsPeersAndSaysSo()
    {
        var server = GroupServerNode.Start(Options());
        var options = Options() with { Server = server.Contact };
        await using var first = await GroupNode.StartAsync(options);
        await using var second = await GroupNode.StartAsync(options);
        await using var one = new GroupReader();
        await using var other = new GroupReader();
        one.Begin(await first.JoinAsync("team", options: one.Options with { Rule = GroupRule.Hierarchical }));
        other.Begin(await second.JoinAsync("team", options: other.Options with { Rule = GroupRule.Hierarchical }));
        await Task.WhenAll(one.UntilMembersAsync(2), other.UntilMembersAsync(2));
        Assert.Equal(GroupRule.Hierarchical, other.Group.View!.Rule);
        Assert.Equal("team", Assert.Single(await server.ListAsync()).Name);

        await server.DisposeAsync();

        await other.UntilAsync(
            u => u.OfType<GroupUpdate.ViewChanged>().Last().View is { Rule: GroupRule.Peers, Members.Count: 2 },
            "a view of peers");
        await one.SendAsync("without a server");
        await other.UntilTextsAsync(1);
    }

    [Fact]
    public async Task Server_DissolvesAGroup_AtAllItsMembers()
    {
        await using var server = GroupServerNode.Start(Options());
        var options = Options() with { Server = server.Contact };
        await using var node = await GroupNode.StartAsync(options);
        await using var reader = new GroupReader();
        reader.Begin(await node.JoinAsync("team", options: reader.Options with { Rule = GroupRule.Hierarchical }));

        Assert.True(await server.DissolveAsync("team"));

        await reader.UntilAsync(u => u[^1] is GroupUpdate.Ended { Reason: GroupEnd.Dissolved }, "the end");
        Assert.False(await server.DissolveAsync("no such group"));
    }

    [Fact]
    public async Task Server_ThatLetsNobodyIn_Denies()
    {
        await using var server = GroupServerNode.Start(Options(), (_, _) => false);
        var options = Options() with { Server = server.Contact };
        await using var node = await GroupNode.StartAsync(options);

        await Assert.ThrowsAsync<GroupDeniedException>(
            () => node.JoinAsync("team", options: new JoinOptions { Rule = GroupRule.Hierarchical }));
    }

    // The server answers at once: so there is time for a busy machine.
    private static GroupNodeOptions Options()
    {
        var options = LoopbackFleet.Options([], lan: null);
        return options with
        {
            Host = options.Host with
            {
                Register = options.Host.Register with { AskTimeout = TimeSpan.FromSeconds(20) },
            },
        };
    }
}
