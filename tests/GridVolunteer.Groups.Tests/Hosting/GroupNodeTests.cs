using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Tests.Transports;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Groups.Tests.Hosting;

public sealed class GroupNodeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Members_GetEachOthersMessages_AndTheirOwn()
    {
        await using var fleet = await LoopbackFleet.StartAsync(3);

        foreach (var (index, reader) in fleet.Readers.Index())
        {
            for (var i = 0; i < 20; i++)
            {
                await reader.SendAsync($"{index}: {i}");
            }
        }

        foreach (var reader in fleet.Readers)
        {
            await reader.UntilTextsAsync(60);
            for (var sender = 0; sender < 3; sender++)
            {
                // Each sender's in its order.
                Assert.Equal(
                    Enumerable.Range(0, 20).Select(i => $"{sender}: {i}"),
                    reader.Texts.Where(t => t.StartsWith($"{sender}:", StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task OneThatJoinsLater_BeginsWithTheStateOfTheOthers()
    {
        await using var fleet = await LoopbackFleet.StartAsync(2);
        await fleet.Readers[0].SendAsync("first");
        await fleet.Readers[1].UntilTextsAsync(1);

        var late = await fleet.AddAsync();
        await late.UntilMembersAsync(3);
        await fleet.Readers[1].SendAsync("second");

        await late.UntilTextsAsync(2);
        Assert.Equal(["first", "second"], late.Texts);
    }

    [Fact]
    public async Task MessageToSeveralGroups_IsToldInEach_InOneOrder()
    {
        await using var both = await GroupNode.StartAsync(LoopbackFleet.Options([], lan: null));
        await using var other = await GroupNode.StartAsync(LoopbackFleet.Options([both.EndPoint!], lan: null));
        // One is open, so what goes to it is wrapped; the other is not.
        await using var open = await JoinAsync(both, "open", GroupKind.Open);
        await using var closed = await JoinAsync(both, "closed", GroupKind.Closed);
        await using var otherOpen = await JoinAsync(other, "open", GroupKind.Open);
        await using var otherClosed = await JoinAsync(other, "closed", GroupKind.Closed);
        GroupReader[] readers = [open, closed, otherOpen, otherClosed];
        await Task.WhenAll(readers.Select(r => r.UntilMembersAsync(2)));

        await both.SendAsync([open.Group, closed.Group], "both"u8.ToArray(), Delivery.Total);
        await other.SendAsync([otherClosed.Group, otherOpen.Group], "other"u8.ToArray(), Delivery.Total);
        await both.SendAsync([closed.Group, open.Group], "causal"u8.ToArray(), Delivery.Causal);

        await Task.WhenAll(readers.Select(r => r.UntilTextsAsync(3)));
        var order = open.Texts.Where(t => t != "causal").ToArray();
        Assert.Equal(["both", "other"], order.Order());
        Assert.All(readers, r => Assert.Equal(order, r.Texts.Where(t => t != "causal")));
    }

    [Fact]
    public async Task MessageToNoGroup_OrToAnotherNodes_IsTheCallersMistake()
    {
        await using var fleet = await LoopbackFleet.StartAsync(2);
        await Assert.ThrowsAsync<ArgumentException>(() => fleet.Nodes[0].SendAsync([], new byte[1], Delivery.Fifo));
        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => fleet.Nodes[0].SendAsync(
            [fleet.Readers[0].Group, fleet.Readers[1].Group], new byte[1], Delivery.Fifo));
        Assert.Contains("another node", thrown.Message, StringComparison.Ordinal);
        await fleet.Readers[0].SendAsync("still here");
        await fleet.Readers[1].UntilTextsAsync(1);
    }

    private static async Task<GroupReader> JoinAsync(GroupNode node, string name, GroupKind kind)
    {
        var reader = new GroupReader();
        reader.Begin(await node.JoinAsync(name, kind, reader.Options));
        return reader;
    }

    [Fact]
    public async Task OneThatDiesWithoutAWord_IsMissingFromTheNextView()
    {
        await using var fleet = await LoopbackFleet.StartAsync(4);

        await fleet.Nodes[3].AbortAsync();

        await Task.WhenAll(fleet.Readers.Take(3).Select(r => r.UntilMembersAsync(3)));
        await fleet.Readers[0].SendAsync("still here");
        await Task.WhenAll(fleet.Readers.Take(3).Select(r => r.UntilTextsAsync(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneThatIsLeftWithoutAMajority_CanLeave(bool afterItIsKnown)
    {
        await using var fleet = await LoopbackFleet.StartAsync(2);
        var left = fleet.Readers[1];
        await fleet.Nodes[0].AbortAsync();
        if (afterItIsKnown)
        {
            await left.UntilAsync(u => u.Any(e => e is GroupUpdate.Stalled), "that the group cannot go on");
        }

        await left.Group.LeaveAsync();

        await left.UntilAsync(u => u[^1] is GroupUpdate.Ended { Reason: GroupEnd.Left }, "its end");
        Assert.False(left.Group.IsOpen);
    }

    [Fact]
    public async Task AllThatLeaveAtOnce_AreOut()
    {
        await using var fleet = await LoopbackFleet.StartAsync(3);

        await Task.WhenAll(fleet.Readers.Select(r => r.Group.LeaveAsync())).WaitAsync(Limit);

        Assert.All(fleet.Readers, r => Assert.False(r.Group.IsOpen));
    }

    [Fact]
    public async Task OneThatLeaves_DoesNotGoOverToAnotherGroupOfThatName()
    {
        await using var fleet = await LoopbackFleet.StartAsync(2);
        var cable = new CuttableTransport(new ProcessId(3));
        await using var node = await StartBehindAsync(cable, fleet);
        await using var reader = await GroupReader.JoinAsync(node, fleet.Entry);
        await reader.UntilMembersAsync(3);
        // So the others cannot agree that it leaves before it hears of another group.
        cable.IsCut = true;

        var left = reader.Group.LeaveAsync();
        var other = fleet.Entry with { Id = new GroupId(78), Members = [] };
        node.Host.Post(now => node.Host.RegisterEvents!(new RegisterEvent.Superseded(fleet.Entry.Id, other), now));

        await left.WaitAsync(Limit);
        await reader.UntilAsync(u => u[^1] is GroupUpdate.Ended { Reason: GroupEnd.Left }, "its end");
    }

    [Fact]
    public async Task OneThatStopsWhileItJoins_WaitsNoLonger()
    {
        var options = LoopbackFleet.Options([], lan: null);
        var node = await GroupNode.StartAsync(options with
        {
            Transport = new TransportOptions { Lan = new LanOptions { Port = FreePort.Find() } },
            Host = options.Host with { Register = options.Host.Register with { AskTimeout = TimeSpan.FromDays(1) } },
        });
        var joins = node.JoinAsync("team");
        // Commands are done in their order, so it is being looked for now.
        await node.Host.AskAsync(_ => true);

        await node.DisposeAsync();

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => joins.WaitAsync(Limit));
    }

    [Fact]
    public async Task OneThatStops_SaysGoodbye_AndIsGoneAtOnce()
    {
        await using var fleet = await LoopbackFleet.StartAsync(3);
        await fleet.Readers[2].SendAsync("last words");

        await fleet.Nodes[2].DisposeAsync();

        await Task.WhenAll(fleet.Readers.Take(2).Select(r => r.UntilMembersAsync(2)));
        Assert.All(fleet.Readers, r => Assert.Equal(["last words"], r.Texts));
        await fleet.Readers[2].UntilAsync(
            u => u[^1] is GroupUpdate.Ended { Reason: GroupEnd.Left }, "the end of the one that left");
    }

    [Fact]
    public async Task EightMembers_AgreeOnViewsAndMessages()
    {
        await using var fleet = await LoopbackFleet.StartAsync(8);

        await Task.WhenAll(fleet.Readers.Select((r, i) => r.SendAsync($"{i}")));

        await Task.WhenAll(fleet.Readers.Select(r => r.UntilTextsAsync(8)));
        Assert.All(fleet.Readers, r => Assert.Equal(8, r.Group.Members.Count));
        Assert.All(fleet.Readers[0].Group.Members, m => Assert.NotNull(m.EndPoint));
    }

    [Fact]
    public async Task OnAGroupAddress_OnePacketCarriesAMessageToAll()
    {
        var lan = new LanOptions { Port = FreePort.Find() };
        await using var fleet = await LoopbackFleet.StartAsync(3, lan);
        // Once it is quiet nearly all that is sent is what follows here.
        for (var i = 0; i < 50; i++)
        {
            await fleet.Readers[0].SendAsync($"{i}");
        }

        await Task.WhenAll(fleet.Readers.Select(r => r.UntilTextsAsync(50)));
        Assert.Equal(fleet.Readers[0].Texts, fleet.Readers[2].Texts);
    }

    [Fact]
    public async Task Send_AfterTheEnd_IsRefusedWithWords()
    {
        await using var fleet = await LoopbackFleet.StartAsync(1);
        var group = fleet.Readers[0].Group;
        await group.LeaveAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => group.SendAsync(new byte[1]));

        Assert.Contains("team", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_OfNoDelivery_IsRefused()
    {
        await using var fleet = await LoopbackFleet.StartAsync(1);

        await Assert.ThrowsAsync<ArgumentException>(
            () => fleet.Readers[0].SendAsync("x", Delivery.Total | Delivery.Causal));
    }

    [Fact]
    public async Task Send_OfMoreThanTheWindowHolds_WaitsAndLosesNothing()
    {
        await using var fleet = await LoopbackFleet.StartAsync(2);
        const int Count = 5_000;

        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => fleet.Readers[0].SendAsync($"{i}")));

        await fleet.Readers[1].UntilTextsAsync(Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), fleet.Readers[1].Texts);
    }

    [Fact]
    public async Task OneThatDoesNotRead_IsTakenOut_AndDoesNotHoldUpOthers()
    {
        await using var node = await LoopbackFleet.StartNodeAsync();
        var group = await node.JoinAsync("quiet", options: new JoinOptions { EventsMax = 10 });

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            // More than may wait to be sent: so some are delivered before the last of them is taken.
            for (var i = 0; i < 2 * new OrderingOptions().PendingMessagesMax; i++)
            {
                await group.SendAsync(new byte[1]);
            }
        });
        List<GroupUpdate> read = [];
        await foreach (var update in group.Events())
        {
            read.Add(update);
        }

        Assert.Equal(new GroupUpdate.Ended(GroupEnd.FellBehind), read[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneThatDoesNotRead_IsTakenOut_WhenItIsToBeginAnew(bool isExcluded)
    {
        await using var fleet = await LoopbackFleet.StartAsync(1);
        await using var node = await LoopbackFleet.StartNodeAsync(fleet.Nodes[0].EndPoint!);
        // Room for the first view, and for nothing after it.
        var group = await node.JoinAsync(
            fleet.Entry, fleet.Readers[0].Options with { EventsMax = 1 });

        await node.Host.AskAsync(now =>
        {
            if (isExcluded)
            {
                node.Host.Groups.Dissolve(group.Id, now, node.Host.GroupsOutput);
                node.Host.GroupsOutput.Clear();
                node.Host.OrderedEvents!(new OrderedEvent.Excluded(group.Id, 2), now);
            }
            else
            {
                var other = fleet.Entry with { Id = new GroupId(78), Members = [] };
                node.Host.RegisterEvents!(new RegisterEvent.Superseded(group.Id, other), now);
            }

            return true;
        });

        Assert.False(group.IsOpen);
        Assert.Empty(node.Groups);
    }

    [Fact]
    public async Task Join_ByName_MakesTheGroupOrFindsIt()
    {
        await using var first = await LoopbackFleet.StartNodeAsync();
        await using var second = await LoopbackFleet.StartNodeAsync(first.EndPoint!);
        await using var one = await GroupReader.JoinAsync(first, "by name");
        await using var other = await GroupReader.JoinAsync(second, "by name");

        await Task.WhenAll(one.UntilMembersAsync(2), other.UntilMembersAsync(2));

        Assert.Equal(one.Group.Id, other.Group.Id);
        Assert.Equal("by name", Assert.Single(await second.ListAsync()).Name);
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.JoinAsync("by name"));
    }

    [Fact]
    public async Task Join_OfOneThatCanMeetNobody_DoesNotWait()
    {
        var options = LoopbackFleet.Options([], lan: null);
        await using var node = await GroupNode.StartAsync(options with
        {
            Host = options.Host with { Register = options.Host.Register with { AskTimeout = TimeSpan.FromDays(1) } },
        });
        await using var reader = new GroupReader();

        reader.Begin(await node.JoinAsync("team", options: reader.Options).WaitAsync(Limit));

        await reader.UntilMembersAsync(1);
    }

    [Fact]
    public async Task OneInAMinority_StallsAndComesBack_WithTheStateOfTheOthers()
    {
        await using var fleet = await LoopbackFleet.StartAsync(2);
        var cable = new CuttableTransport(new ProcessId(3));
        await using var node = await StartBehindAsync(cable, fleet);
        await using var reader = await GroupReader.JoinAsync(node, fleet.Entry);
        await Task.WhenAll(fleet.UntilAllAsync(3), reader.UntilMembersAsync(3));
        await fleet.Readers[0].SendAsync("before");
        await reader.UntilTextsAsync(1);

        cable.IsCut = true;
        await fleet.UntilAllAsync(2);
        await fleet.Readers[0].SendAsync("meanwhile");
        await reader.UntilAsync(u => u[^1] is GroupUpdate.Stalled, "a stall");
        cable.IsCut = false;

        await reader.UntilAsync(
            u => u.SkipWhile(x => x is not GroupUpdate.Interrupted { Reason: GroupInterruption.Excluded })
                .Any(x => x is GroupUpdate.ViewChanged { View.Members.Count: 3, State: not null }),
            "word that it was excluded, and then a view with all");
        Assert.Equal(["before", "meanwhile"], reader.Texts);
        await reader.SendAsync("after");
        await Task.WhenAll(fleet.Readers.Select(r => r.UntilTextsAsync(3)));
    }

    [Fact]
    public async Task Join_ByTwoAtOnce_EndsInOneGroup()
    {
        await using var first = await LoopbackFleet.StartNodeAsync();
        await using var second = await LoopbackFleet.StartNodeAsync(first.EndPoint!);
        var joins = await Task.WhenAll(
            GroupReader.JoinAsync(first, "both"), GroupReader.JoinAsync(second, "both"));

        await Task.WhenAll(joins.Select(j => j.UntilMembersAsync(2)));

        Assert.Equal(joins[0].Group.Id, joins[1].Group.Id);
        await Task.WhenAll(joins.Select(j => j.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Join_OfAnotherKindOfThatName_IsDenied()
    {
        await using var first = await LoopbackFleet.StartNodeAsync();
        await using var second = await LoopbackFleet.StartNodeAsync(first.EndPoint!);
        await first.JoinAsync("taken");

        await Assert.ThrowsAsync<GroupDeniedException>(() => second.JoinAsync("taken", GroupKind.Open));
    }

    [Fact]
    public async Task Post_ToAnOpenGroup_ReachesItsMembersOnce()
    {
        await using var member = await LoopbackFleet.StartNodeAsync();
        await using var outsider = await LoopbackFleet.StartNodeAsync(member.EndPoint!);
        await using var reader = new GroupReader();
        reader.Begin(await member.JoinAsync("suggestions", GroupKind.Open, reader.Options));
        var entry = Assert.Single(await outsider.ListAsync());

        Assert.True(await outsider.PostAsync(entry, "more tests"u8.ToArray()));

        await reader.UntilTextsAsync(1);
        Assert.Equal(["more tests"], reader.Texts);
    }

    [Fact]
    public async Task Dissolve_EndsTheGroupForAll()
    {
        await using var fleet = await LoopbackFleet.StartAsync(3);

        await fleet.Readers[1].Group.DissolveAsync();

        await Task.WhenAll(fleet.Readers.Select(r => r.UntilAsync(
            u => u[^1] is GroupUpdate.Ended { Reason: GroupEnd.Dissolved }, "the end")));
    }

    private static Task<GroupNode> StartBehindAsync(CuttableTransport cable, LoopbackFleet fleet) =>
        GroupNode.StartAsync(LoopbackFleet.Options([fleet.Nodes[0].EndPoint!], lan: null), cable, cable.Self);
}
