using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Views;

public sealed class GroupMemberTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Joining_GivesBothTheSameView()
    {
        var two = new TwoMembers();
        Assert.Equal([TwoMembers.A, TwoMembers.B], two[TwoMembers.A].View!.Ids);
        Assert.Equal(two[TwoMembers.A].View!.ToString(), two[TwoMembers.B].View!.ToString());
        var first = Assert.IsType<GroupEvent.ViewInstalled>(Assert.Single(two.Events[TwoMembers.B]));
        Assert.Equal(2ul, first.View.Number);
        Assert.Null(first.State);
    }

    [Fact]
    public void Messages_AreDeliveredToAllInTheirSendersOrder()
    {
        var two = new TwoMembers();
        for (byte i = 1; i <= 20; i++)
        {
            two.Send(TwoMembers.A, i);
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (byte)i), two.Delivered(TwoMembers.A));
        Assert.Equal(two.Delivered(TwoMembers.A), two.Delivered(TwoMembers.B));
        two.Run(Second * 3);
        Assert.Equal(0, two[TwoMembers.A].Kept + two[TwoMembers.B].Kept);
    }

    [Fact]
    public void LostMessages_ArriveLater()
    {
        var two = new TwoMembers { IsLost = (_, kind) => kind == GroupMessage.Data };
        two.Send(TwoMembers.A, 1);
        two.Send(TwoMembers.A, 2);
        Assert.Empty(two.Delivered(TwoMembers.B));
        two.IsLost = (_, _) => false;
        two.Run(Second);
        Assert.Equal([1, 2], two.Delivered(TwoMembers.B));
    }

    [Fact]
    public void SafeMessages_WaitUntilAllHoldThem_AndLaterOnesWaitBehindThem()
    {
        var two = new TwoMembers { IsLost = (from, _) => from == TwoMembers.B };
        two.Send(TwoMembers.A, 1, isSafe: true);
        two.Send(TwoMembers.A, 2);
        two.Run(Second);
        Assert.Empty(two.Delivered(TwoMembers.A));
        two.IsLost = (_, _) => false;
        two.Run(Second * 3);
        Assert.Equal([1, 2], two.Delivered(TwoMembers.A));
        Assert.Equal([1, 2], two.Delivered(TwoMembers.B));
    }

    [Fact]
    public void Window_MakesTheSenderWait_AndTheQueueIsBounded()
    {
        var two = new TwoMembers(new GroupOptions { WindowMessages = 4, QueueMessagesMax = 3 })
        {
            IsLost = (_, kind) => kind is GroupMessage.Data or GroupMessage.Status,
        };
        for (byte i = 1; i <= 7; i++)
        {
            two.Send(TwoMembers.A, i);
        }

        Assert.Equal(3, two[TwoMembers.A].Queued);
        two.Do(TwoMembers.A, (m, o) => Assert.False(m.TrySend(new byte[1], false, two.Now, o)));
        two.IsLost = (_, _) => false;
        two.Run(Second * 3);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], two.Delivered(TwoMembers.B));
    }

    [Fact]
    public void HalfOfTwo_CannotGoOnAlone()
    {
        var two = new TwoMembers { IsLost = (from, _) => from == TwoMembers.B };
        two.Do(TwoMembers.A, (m, o) => m.MarkFailed(TwoMembers.B, two.Now, o));
        two.Run(Second * 20);
        Assert.Equal(2ul, two[TwoMembers.A].View!.Number);
        Assert.True(two[TwoMembers.A].IsFrozen);
        Assert.Contains(two.Events[TwoMembers.A], e => e is GroupEvent.Stalled);
    }

    [Fact]
    public void HalfOfTwo_GoesOnWithAWitness_AndTheOtherHalfLearnsThatItIsOut()
    {
        var two = new TwoMembers(witness: new MemberLife(new ProcessId(9), 1))
        {
            AreCut = true,
        };
        two.Do(TwoMembers.A, (m, o) => m.MarkFailed(TwoMembers.B, two.Now, o));
        two.Run(Second * 5);
        Assert.Equal([TwoMembers.A], two[TwoMembers.A].View!.Ids);
        two.Do(TwoMembers.B, (m, o) => m.MarkFailed(TwoMembers.A, two.Now, o));
        two.Run(Second * 5);
        // The witness tells what it has accepted; so no second history begins.
        Assert.IsType<GroupEvent.Excluded>(two.Events[TwoMembers.B][^1]);
    }

    [Fact]
    public void Leaving_EndsWithLeft_AndTheOthersGoOn()
    {
        var two = new TwoMembers();
        two.Do(TwoMembers.B, (m, o) => m.Leave(two.Now, o));
        two.Run(Second);
        Assert.IsType<GroupEvent.Left>(two.Events[TwoMembers.B][^1]);
        Assert.Equal([TwoMembers.A], two[TwoMembers.A].View!.Ids);
        two.Send(TwoMembers.A, 5);
        Assert.Equal([5], two.Delivered(TwoMembers.A));
        two.Do(TwoMembers.B, (m, o) => Assert.False(m.TrySend(new byte[1], false, two.Now, o)));
    }

    [Fact]
    public void LifeThatIsOver_IsLeftOut_ThoughTheProcessIsThere()
    {
        // Of two alone neither could go on.
        var two = new TwoMembers(witness: new MemberLife(new ProcessId(9), 1));
        two.Do(TwoMembers.A, (m, o) => m.MarkRestarted(TwoMembers.B, 1_000, two.Now, o));
        two.Run(Second * 5);
        Assert.Equal([TwoMembers.A], two[TwoMembers.A].View!.Ids);
    }

    [Fact]
    public void Dissolving_EndsIt()
    {
        var two = new TwoMembers();
        two.Do(TwoMembers.A, (m, o) => m.Dissolve(two.Now, o));
        Assert.IsType<GroupEvent.Dissolved>(two.Events[TwoMembers.A][^1]);
        Assert.Null(two[TwoMembers.A].View);
        Assert.Equal(TimeSpan.MaxValue, two[TwoMembers.A].Due);
    }

    [Fact]
    public void NonMember_IsRefused()
    {
        var two = new TwoMembers();
        var stranger = new GroupPost(new GroupId(7), new ProcessId(5)) { Life = 1 };
        stranger.Begin(GroupMessage.Data, 2);
        stranger.Writer.WriteCount(0);
        stranger.Send(TwoMembers.A);
        two.Do(TwoMembers.A, (m, o) => m.Receive(new ProcessId(5), stranger.Writer.Written, two.Now, o));
        Assert.Equal(1, two[TwoMembers.A].Refusals[RefusalReason.NotEntitled]);
        Assert.Empty(two.Delivered(TwoMembers.A));
    }

    [Fact]
    public void MessageThatIsTooLong_IsTheCallersMistake()
    {
        var two = new TwoMembers();
        var output = new Output<GroupEvent>();
        Assert.Throws<ArgumentException>(
            () => two[TwoMembers.A].TrySend(new byte[300 * 1024], false, two.Now, output));
    }

    [Fact]
    public void Options_OutOfRange_NameEveryFault()
    {
        var options = new GroupOptions { WindowMessages = 0, MembersMax = 1_000 };
        Assert.Equal(2, options.Faults().Count);
    }
}
