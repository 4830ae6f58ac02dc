using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Ordering;

public sealed class GlobalTimeTests
{
    private static readonly GroupId Group = new(1);
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WithoutMeasuredTime_NothingIsStamped()
    {
        var processes = new Processes(2);
        processes.Form(Group, 0, 1);
        var thrown = Assert.Throws<InvalidOperationException>(() => processes[0].TrySend(
            [Group], new byte[1], Delivery.GlobalTime, processes.Now, new Output<OrderedEvent>()));
        Assert.Contains("not measured", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stamps_AreTheTime_WithinTheirBound()
    {
        var processes = Measured();
        processes.Form(Group, 1, 2);
        processes.Run(TimeSpan.FromSeconds(10));
        var sentAt = Start + processes.Now;
        processes.Send(1, Group, 1, Delivery.GlobalTime);
        processes.Run(TimeSpan.FromSeconds(1));
        processes.Send(2, Group, 2, Delivery.GlobalTime | Delivery.Safe);
        processes.Run(TimeSpan.FromSeconds(1));
        Assert.Equal([1, 2], processes.Delivered(1, Group));
        Assert.Equal([1, 2], processes.Delivered(2, Group));
        var stamp = processes.Events[2].OfType<OrderedEvent.Message>().First().Time!.Value;
        Assert.InRange((stamp.Time - sentAt).Duration(), TimeSpan.Zero, stamp.Epsilon);
        Assert.InRange(stamp.Epsilon, TimeSpan.FromMicroseconds(1), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void Epsilon_GrowsWithAge()
    {
        var estimate = new TimeEstimate(Start, TimeSpan.FromMilliseconds(10), TimeSpan.Zero, 100e-6);
        Assert.InRange(
            estimate.EpsilonAt(TimeSpan.FromSeconds(100)).TotalMilliseconds, 15.0, 15.1);
    }

    [Fact]
    public void ClockFarAhead_IsRefused_AndItsProcessExcluded()
    {
        var processes = Measured();
        // One that takes another's time for the common one is an hour ahead.
        processes[3].ServeTime(Start + TimeSpan.FromHours(1));
        processes.Form(Group, 1, 2);
        processes.Do(3, (p, o) => p.Join(
            Group, 1_000, [Processes.Id(1)], new Groups.Views.GroupOptions(), processes.Now, o));
        processes.Run(TimeSpan.FromSeconds(10));
        Assert.True(processes[1].Refusals[RefusalReason.Implausible] > 0);
        Assert.Equal(2, processes[1].ViewOf(Group)!.Members.Count);
        processes.Send(1, Group, 1, Delivery.GlobalTime);
        processes.Run(TimeSpan.FromSeconds(2));
        Assert.Equal([1], processes.Delivered(2, Group));
        var stamp = processes.Events[2].OfType<OrderedEvent.Message>().First().Time!.Value;
        Assert.InRange(stamp.Time, Start, Start + TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void AnswerNobodyAskedFor_IsRefused()
    {
        var processes = Measured();
        var writer = new WireWriter();
        var mark = writer.BeginMessage(0x49, 1);
        writer.WriteUInt64(5);
        writer.WriteInt64(5);
        writer.End(mark);
        var before = processes[1].Time;
        processes.Do(1, (p, o) => p.Receive(Processes.Id(2), writer.Written, processes.Now, o));
        Assert.Equal(1, processes[1].Refusals[RefusalReason.NotEntitled]);
        Assert.Equal(before, processes[1].Time);
    }

    private static Processes Measured()
    {
        var processes = new Processes(4);
        processes[0].ServeTime(Start);
        processes[1].FollowTime(Processes.Id(0), processes.Now);
        processes[2].FollowTime(Processes.Id(0), processes.Now);
        processes.Run(TimeSpan.FromSeconds(1));
        Assert.NotNull(processes[1].Time);
        return processes;
    }
}
