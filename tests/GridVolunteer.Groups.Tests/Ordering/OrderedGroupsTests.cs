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
    public void Sending_WithoutAView_IsRefused()
    {
        var processes = new Processes(1);
        Assert.False(processes[0].TrySend(
            [One], new byte[1], Delivery.Fifo, TimeSpan.Zero, new Output<OrderedEvent>()));
    }
}
