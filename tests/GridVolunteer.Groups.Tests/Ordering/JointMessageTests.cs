using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Tests.Ordering;

/// <summary>Messages that have one place in several groups.</summary>
public sealed class JointMessageTests
{
    private static readonly GroupId One = new(1);
    private static readonly GroupId Two = new(2);
    private static readonly GroupId Three = new(3);

    [Theory]
    [InlineData(Delivery.Total)]
    [InlineData(Delivery.Total | Delivery.Safe)]
    public void Message_HasOnePlaceInAllItsGroups(Delivery delivery)
    {
        var processes = new Processes(4);
        processes.Form(One, 0, 1, 2);
        processes.Form(Two, 2, 1, 3);
        for (byte round = 0; round < 10; round++)
        {
            processes.Send(0, One, (byte)(10 + round), delivery);
            processes.Send(1, [Two, One], (byte)(20 + round), delivery);
            processes.Send(2, [One, Two], (byte)(30 + round), delivery);
            processes.Send(3, Two, (byte)(40 + round), delivery);
        }

        processes.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(30, processes.Delivered(0, One).Count());
        Assert.Equal(processes.Delivered(0, One), processes.Delivered(2, One));
        Assert.Equal(30, processes.Delivered(3, Two).Count());
        Assert.Equal(processes.Delivered(3, Two), processes.Delivered(1, Two));
        Assert.Equal(
            processes.Delivered(0, One).Where(v => v is >= 20 and < 40),
            processes.Delivered(3, Two).Where(v => v is >= 20 and < 40));
        for (byte value = 20; value < 40; value++)
        {
            Assert.NotNull(processes.PlaceOf(0, One, value));
            Assert.Equal(processes.PlaceOf(0, One, value), processes.PlaceOf(3, Two, value));
        }

        Assert.All(Enumerable.Range(0, 4), n => Assert.Equal(0, processes[n].Kept));
    }

    [Fact]
    public void StampedMessage_HasOneStampInAllItsGroups()
    {
        var processes = new Processes(4);
        processes[0].ServeTime(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        processes[1].FollowTime(Processes.Id(0), processes.Now);
        processes.Run(TimeSpan.FromSeconds(1));
        processes.Form(One, 1, 2);
        processes.Form(Two, 1, 3);
        processes.Send(1, [One, Two], 7, Delivery.GlobalTime);
        processes.Run(TimeSpan.FromSeconds(2));
        var there = Assert.Single(processes.Events[2].OfType<OrderedEvent.Message>());
        var elsewhere = Assert.Single(processes.Events[3].OfType<OrderedEvent.Message>());
        Assert.NotNull(there.Time);
        Assert.Equal(there.Time, elsewhere.Time);
        Assert.Equal(there.Order, elsewhere.Order);
    }

    [Fact]
    public void MessagesOfOneSender_ComeInItsOrder_WhereverTheyGo()
    {
        var processes = new Processes(3);
        processes.Form(One, 0, 1);
        processes.Form(Two, 0, 2);
        for (byte round = 0; round < 30; round += 3)
        {
            processes.Send(0, One, round, Delivery.Total);
            processes.Send(0, [One, Two], (byte)(round + 1), Delivery.Total);
            processes.Send(0, Two, (byte)(round + 2), Delivery.Total);
        }

        processes.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(Enumerable.Range(0, 30).Where(v => v % 3 < 2).Select(v => (byte)v), processes.Delivered(1, One));
        Assert.Equal(Enumerable.Range(0, 30).Where(v => v % 3 > 0).Select(v => (byte)v), processes.Delivered(2, Two));
    }

    [Fact]
    public void SenderThatCrashesAtAnySend_TellsAllItsGroupsOrNone()
    {
        HashSet<bool> outcomes = [];
        for (var left = 0; left < 60; left++)
        {
            var processes = new Processes(5);
            processes.Form(One, 0, 1, 2);
            processes.Form(Two, 3, 1, 4);
            var sends = left;
            // Process 1 alone is in both.
            processes.IsLost = (from, to, _) => to == 1 ? sends < 0 : from == 1 && sends-- <= 0;
            processes.Send(0, One, 1, Delivery.Total);
            processes.Send(1, [One, Two], 2, Delivery.Total);
            processes.Send(4, Two, 3, Delivery.Total);
            processes.Run(TimeSpan.FromMilliseconds(200));
            sends = Math.Min(sends, -1);
            foreach (var n in new[] { 0, 2, 3, 4 })
            {
                processes.Do(n, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
            }

            processes.Run(TimeSpan.FromSeconds(15));
            var isTold = processes.Delivered(0, One).Contains((byte)2);
            outcomes.Add(isTold);
            Assert.Equal(processes.Delivered(0, One), processes.Delivered(2, One));
            Assert.Equal(processes.Delivered(3, Two), processes.Delivered(4, Two));
            Assert.Equal(isTold, processes.Delivered(3, Two).Contains((byte)2));
            Assert.Equal(processes.PlaceOf(2, One, 2), processes.PlaceOf(4, Two, 2));
            Assert.Equal(0, processes[0].JointsGivenUp + processes[3].JointsGivenUp);
            Assert.Contains((byte)1, processes.Delivered(0, One));
            Assert.Contains((byte)3, processes.Delivered(3, Two));
        }

        // Else nothing was tried.
        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public void GroupThatVanishesWithTheSender_HoldsUpTheOthersForAWhileOnly()
    {
        var processes = new Processes(4);
        processes.Form(One, 0, 1);
        processes.Form(Two, 2, 1, 3);
        // Nothing comes through to 0, so that One gives the message no place.
        processes.IsLost = (from, to, _) => from == 0 || to == 0;
        processes.Send(1, [One, Two], 7, Delivery.Total);
        processes.Run(TimeSpan.FromMilliseconds(100));
        processes.IsLost = (from, to, _) => from < 2 || to < 2;
        foreach (var n in new[] { 2, 3 })
        {
            processes.Do(n, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
        }

        processes.Run(TimeSpan.FromSeconds(5));
        processes.Send(3, Two, 8, Delivery.Total);
        processes.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(processes.Delivered(2, Two));
        processes.Run(TimeSpan.FromSeconds(15));
        Assert.Equal(1, processes[2].JointsGivenUp);
        Assert.Equal([8], processes.Delivered(2, Two));
        Assert.Equal([8], processes.Delivered(3, Two));
        Assert.Equal(2, processes[2].ViewOf(Two)!.Members.Count);
        Assert.Equal(0, processes[3].Kept);
    }

    [Theory]
    [InlineData(OrderFlaw.None)]
    [InlineData(OrderFlaw.JointUnsure)]
    internal void PlaceThatNotAllOfAGroupKnow_IsToldToNoOther(OrderFlaw flaw)
    {
        var processes = new Processes(8, flaw: flaw);
        processes.Form(One, 0, 1, 7);
        processes.Form(Two, 3, 1, 2, 4, 5);
        processes.Form(Three, 2, 6);
        for (byte i = 0; i < 100; i++)
        {
            // So the clock of 2 is ahead, and its proposal the greatest.
            processes.Send(2, Three, i, Delivery.Total);
            processes.Run(TimeSpan.FromMilliseconds(5));
        }

        // Only the sender, 1, hears it, and both are gone before anybody else does.
        processes.IsLost = (from, to, _) => from == 2 && to is >= 3 and <= 5;
        processes.Send(1, [One, Two], 200, Delivery.Total);
        processes.Run(TimeSpan.FromMilliseconds(12));
        processes.IsLost = (from, to, _) => from is 1 or 2 || to is 1 or 2;
        foreach (var n in new[] { 0, 3, 4, 5, 6, 7 })
        {
            processes.Do(n, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
            processes.Do(n, (p, o) => p.MarkFailed(Processes.Id(2), processes.Now, o));
        }

        processes.Run(TimeSpan.FromSeconds(15));
        Assert.NotNull(processes.PlaceOf(0, One, 200));
        Assert.Equal(processes.PlaceOf(4, Two, 200), processes.PlaceOf(5, Two, 200));
        // The mistake shows: One has heard of a place that Two has not given.
        Assert.Equal(flaw == OrderFlaw.None, processes.PlaceOf(0, One, 200) == processes.PlaceOf(4, Two, 200));
    }

    [Fact]
    public void GroupThatHasGivenUp_SaysSoToTheOthers()
    {
        var processes = new Processes(6);
        processes.Form(One, 0, 1);
        processes.Form(Two, 1, 2, 3);
        processes.Form(Three, 4, 1, 5);
        // One is lost, and 3 is slow to propose a place.
        processes.IsLost = (from, to, bytes) => from == 0 || to == 0 || (from == 3 && IsData(bytes));
        processes.Send(1, [One, Two, Three], 7, Delivery.Total);
        processes.Run(TimeSpan.FromMilliseconds(100));
        processes.Do(1, (p, o) => p.Dissolve(One, processes.Now, o));
        processes.Do(4, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
        processes.Do(5, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
        processes.Run(TimeSpan.FromSeconds(12));
        processes.IsLost = (from, to, _) => from == 0 || to == 0;
        processes.Send(3, Two, 8, Delivery.Total);
        processes.Send(5, Three, 9, Delivery.Total);
        processes.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(3, processes[2].ViewOf(Two)!.Members.Count);
        Assert.Equal(2, processes[4].ViewOf(Three)!.Members.Count);
        Assert.Equal([8], processes.Delivered(2, Two));
        Assert.Equal([9], processes.Delivered(4, Three));
        Assert.Equal(0, processes[5].Kept);
    }

    [Fact]
    public void AllWhoMayKnow_AreAsked()
    {
        var processes = new Processes(7);
        processes.Form(One, 0, 1, 2);
        processes.Form(Two, 3, 1, 4);
        processes.Form(Three, 5, 1, 6);
        // The sender, 1, is gone once all have its message; 0, which is to tell One, is cut off from one member of each other group.
        var isGone = false;
        processes.IsLost = (from, to, _) => to == 1 || (from == 1 && isGone) || IsCut(from, to) || IsCut(to, from);
        processes.Send(1, [One, Two, Three], 7, Delivery.Total);
        processes.Run(TimeSpan.FromMilliseconds(100));
        isGone = true;
        foreach (var n in new[] { 0, 2, 3, 4, 5, 6 })
        {
            processes.Do(n, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
        }

        processes.Run(TimeSpan.FromSeconds(20));
        Assert.Equal([7], processes.Delivered(3, Two));
        Assert.Equal([7], processes.Delivered(6, Three));
        Assert.Equal([7], processes.Delivered(2, One));
        Assert.Equal(0, processes[0].JointsGivenUp);

        static bool IsCut(int one, int other) => one == 0 && other is 3 or 6;
    }

    [Fact]
    public void WhoIsThoughtDead_IsAskedWhenNobodyElseIsLeft()
    {
        var processes = new Processes(5);
        processes.Form(One, 0, 1, 2);
        processes.Form(Two, 3, 1, 4);
        var isGone = false;
        processes.IsLost = (from, to, _) => to == 1 || (from == 1 && isGone);
        processes.Send(1, [One, Two], 7, Delivery.Total);
        processes.Run(TimeSpan.FromMilliseconds(100));
        isGone = true;
        processes.Do(0, (p, o) => p.MarkFailed(Processes.Id(3), processes.Now, o));
        processes.Do(0, (p, o) => p.MarkFailed(Processes.Id(4), processes.Now, o));
        foreach (var n in new[] { 0, 2, 3, 4 })
        {
            processes.Do(n, (p, o) => p.MarkFailed(Processes.Id(1), processes.Now, o));
        }

        processes.Run(TimeSpan.FromSeconds(20));
        Assert.Equal([7], processes.Delivered(4, Two));
        Assert.Equal([7], processes.Delivered(2, One));
    }

    [Theory]
    [InlineData(Delivery.Total)]
    [InlineData(Delivery.Fifo)]
    public void WhatIsSentBeforeLeaving_IsTold(Delivery between)
    {
        var processes = new Processes(3);
        processes.Form(One, 0, 1);
        processes.Form(Two, 0, 2);
        processes.Send(0, [One, Two], 1, Delivery.Total);
        processes.Send(0, One, 2, between);
        processes.Send(0, [One, Two], 3, Delivery.Total);
        processes.Do(0, (p, o) => p.Leave(One, processes.Now, o));
        processes.Run(TimeSpan.FromSeconds(5));
        Assert.Null(processes[0].ViewOf(One));
        Assert.Equal(new byte[] { 1, 2, 3 }, processes.Delivered(1, One).Order());
        Assert.Equal(new byte[] { 1, 3 }, processes.Delivered(2, Two));
    }

    /// <summary>True of what goes through a group's channel.</summary>
    private static bool IsData(byte[] bytes) => bytes[0] == (byte)GroupMessage.Data;
}
