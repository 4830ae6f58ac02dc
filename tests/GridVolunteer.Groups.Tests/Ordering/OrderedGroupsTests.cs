using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Tests.Ordering;

public sealed class OrderedGroupsTests
{
    private static readonly GroupId One = new(1);
    private static readonly GroupId Two = new(2);

    [Theory]
    [InlineData(Delivery.Unordered)]
    [InlineData(Delivery.Fifo)]
    [InlineData(Delivery.Fifo | Delivery.Safe)]
    [InlineData(Delivery.Causal)]
    [InlineData(Delivery.Causal | Delivery.Safe)]
    [InlineData(Delivery.Total)]
    [InlineData(Delivery.Total | Delivery.Safe)]
    public void Messages_ReachAllMembersOfTheirGroup_AndNobodyElse(Delivery delivery)
    {
        var processes = new Processes(3);
        processes.Form(One, 0, 1, 2);
        processes.Form(Two, 0, 1);
        processes.Send(0, One, 1, delivery);
        processes.Send(1, Two, 2, delivery);
        processes.Run(TimeSpan.FromSeconds(3));
        Assert.Equal([1], processes.Delivered(2, One));
        Assert.Equal([1], processes.Delivered(0, One));
        Assert.Equal([2], processes.Delivered(0, Two));
        Assert.Empty(processes.Delivered(2, Two));
    }

    [Fact]
    public void Leaving_EndsOneMembershipAndNotTheOther()
    {
        var processes = new Processes(2);
        processes.Form(One, 0, 1);
        processes.Form(Two, 0, 1);
        processes.Do(1, (p, o) => p.Leave(One, processes.Now, o));
        processes.Run(TimeSpan.FromSeconds(2));
        Assert.Contains(new OrderedEvent.Left(One), processes.Events[1]);
        Assert.Equal([Two], processes[1].Groups);
        Assert.Single(processes[0].ViewOf(One)!.Members);
        Assert.Equal(2, processes[1].ViewOf(Two)!.Members.Count);
    }

    [Fact]
    public void TwoLevelsAtOnce_AreTheCallersMistake()
    {
        var processes = new Processes(1);
        var thrown = Assert.Throws<ArgumentException>(() => processes[0].TrySend(
            [One], new byte[1], Delivery.Total | Delivery.Causal, TimeSpan.Zero, new Output<OrderedEvent>()));
        Assert.Contains("one level", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CausalMessageToSeveralGroups_IsToldInEach()
    {
        var processes = new Processes(3);
        processes.Form(One, 0, 1);
        processes.Form(Two, 0, 2);
        processes.Do(0, (p, o) => Assert.True(
            p.TrySend([One, Two], new byte[] { 9 }, Delivery.Causal, processes.Now, o)));
        processes.Run(TimeSpan.FromSeconds(2));
        Assert.Equal([9], processes.Delivered(1, One));
        Assert.Equal([9], processes.Delivered(2, Two));
    }

    [Fact]
    public void SenderThatCrashesAtAnySend_LeavesOneOrder()
    {
        for (var left = 0; left < 40; left++)
        {
            var processes = new Processes(4);
            processes.Form(One, 0, 1, 2);
            processes.Form(Two, 1, 2, 3);
            var sends = left;
            // Process 1, which is in both, sends so much and then nothing more.
            processes.IsLost = (from, to, _) => to == 1 ? sends < 0 : from == 1 && sends-- <= 0;
            processes.Send(0, One, 1, Delivery.Total);
            processes.Send(1, One, 2, Delivery.Total);
            processes.Send(1, Two, 3, Delivery.Total | Delivery.Safe);
            processes.Send(2, Two, 4, Delivery.Total);
            processes.Send(2, One, 5, Delivery.Total | Delivery.Safe);
            processes.Run(TimeSpan.FromMilliseconds(200));
            sends = Math.Min(sends, -1);
            foreach (var n in new[] { 0, 2, 3 })
            {
                processes.Do(n, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
            }

            processes.Run(TimeSpan.FromSeconds(15));
            Assert.Equal(2, processes[0].ViewOf(One)!.Members.Count);
            Assert.Equal(processes.Delivered(0, One), processes.Delivered(2, One));
            Assert.Equal(processes.Delivered(2, Two), processes.Delivered(3, Two));
            Assert.Contains((byte)1, processes.Delivered(2, One));
            Assert.Contains((byte)5, processes.Delivered(0, One));
        }
    }

    [Fact]
    public void GroupThatIsHeldUpByAnother_TakesOnlySoMuch()
    {
        const int Size = 1_000;
        var processes = new Processes(4, new OrderingOptions { BacklogSizeBytesMax = 20 * Size, PendingMessagesMax = 50 });
        processes.Form(One, 1, 0, 3);
        processes.Form(Two, 2, 0);
        // 1 does not answer any more: what 0 sends to One gets no place, and holds up Two.
        processes.IsLost = (from, to, _) => from == 1 || to == 1;
        processes.Send(0, One, 1, Delivery.Total);
        var sent = 0;
        for (var round = 0; round < 200; round++)
        {
            processes.Do(2, (p, o) => sent += p.TrySend([Two], new byte[Size], Delivery.Total, processes.Now, o) ? 1 : 0);
            processes.Run(TimeSpan.FromMilliseconds(10));
        }

        // What may wait at 0 and at the sender, and what was under way.
        Assert.InRange(sent, 60, 80);
        Assert.Empty(processes.Delivered(0, Two));
        foreach (var n in new[] { 0, 3 })
        {
            processes.Do(n, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
        }

        processes.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(sent, processes.Delivered(0, Two).Count());
        Assert.Equal(0, processes[0].Kept);
        processes.Send(2, Two, 2, Delivery.Total);
        processes.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(2, processes.Delivered(0, Two).Last());
    }

    [Fact]
    public void GroupsThatWereLeft_AreForgottenInTime()
    {
        var processes = new Processes(2);
        processes.Form(One, 0, 1);
        for (var g = 100; g < 300; g++)
        {
            var group = new GroupId((UInt128)g);
            processes.Do(0, (p, o) => p.Create(group, 1_000, new(), witness: null, processes.Now, o));
            processes.Do(0, (p, o) => p.Leave(group, processes.Now, o));
            processes.Run(TimeSpan.FromMilliseconds(50));
            Assert.Contains(new OrderedEvent.Left(group), processes.Events[0]);
        }

        Assert.InRange(processes[0].KnownGroups, 2, 65);
        processes.Send(0, One, 7, Delivery.Total);
        processes.Run(TimeSpan.FromSeconds(1));
        Assert.Equal([7], processes.Delivered(1, One));
    }

    [Fact]
    public void GroupNamedTwice_OrNone_IsTheCallersMistake()
    {
        var processes = new Processes(1);
        processes.Form(One, 0);
        Assert.Contains("twice", Thrown([One, One], Delivery.Fifo), StringComparison.Ordinal);
        Assert.Contains("one group at least", Thrown([], Delivery.Fifo), StringComparison.Ordinal);
        var nine = Enumerable.Range(1, 9).Select(g => new GroupId((UInt128)g)).ToArray();
        Assert.Contains("8 at most", Thrown(nine, Delivery.Total), StringComparison.Ordinal);

        string Thrown(GroupId[] groups, Delivery delivery) => Assert.Throws<ArgumentException>(() => processes[0].TrySend(
            groups, new byte[1], delivery, processes.Now, new Output<OrderedEvent>())).Message;
    }

    [Fact]
    public void Sending_WithoutAView_IsRefused()
    {
        var processes = new Processes(1);
        Assert.False(processes[0].TrySend(
            [One], new byte[1], Delivery.Fifo, TimeSpan.Zero, new Output<OrderedEvent>()));
    }
}
