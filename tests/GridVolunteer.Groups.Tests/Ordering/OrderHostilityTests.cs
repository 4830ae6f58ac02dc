using FsCheck.Xunit;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Ordering;

/// <summary>Whatever bytes come in, from a stranger or a member, a process stays whole and can be used.</summary>
public sealed class OrderHostilityTests
{
    private static readonly GroupId Group = new(1);

    [Property(MaxTest = 200)]
    public void AnyBytes_AreRefusedOrHarmless(byte[] bytes, byte kind)
    {
        var processes = Two();
        Feed(processes, bytes);
        Feed(processes, WithHeader((byte)(0x40 + (kind % 0x10)), bytes));
        processes.Send(0, Group, 7, Delivery.Total);
        processes.Run(TimeSpan.FromSeconds(1));
        Assert.Equal([7], processes.Delivered(1, Group));
    }

    [Property(MaxTest = 300)]
    public void AnyFrame_IsRefusedOrHarmless(byte[] bytes, int seed)
    {
        var random = new Random(seed);
        var frame = new Frame { Clock = 5, Kind = FrameKind.Total, Begun = 2, Ready = new ReadyReport(2, 1, 0) };
        frame.Proposals.Add(new Receipt(0, 3));
        frame.CausalReceipts.Add(new Receipt(1, 3));
        if (seed % 2 == 0)
        {
            AddJoint(frame);
        }

        var writer = new WireWriter();
        frame.Write(writer, [new FrameMessage(Delivery.Total, bytes, 0)]);
        var changed = writer.Written.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
        }

        var processes = Two();
        FeedFrame(processes, bytes);
        FeedFrame(processes, changed.AsMemory(0, random.Next(changed.Length + 1)).ToArray());
        processes.Run(TimeSpan.FromSeconds(1));
        Assert.NotNull(processes[0].ViewOf(Group));
    }

    [Fact]
    public void Frame_ComesBackAsItWas()
    {
        var frame = new Frame
        {
            Clock = 77,
            Kind = FrameKind.Timed,
            Begun = 9,
            Ready = new ReadyReport(9, 8, 7),
            WantsAnswer = true,
            HoldsView = true,
        };
        AddJoint(frame);
        frame.Proposals.Add(new Receipt(2, 300));
        frame.CausalReceipts.Add(new Receipt(1, 4));
        frame.Follows.Add(new Receipt(3, 5));
        var writer = new WireWriter();
        frame.Write(writer, [new FrameMessage(Delivery.GlobalTime | Delivery.Safe, new byte[] { 1, 2, 3 }, 1_500)]);
        var back = new Frame();
        Assert.True(back.TryRead(writer.Written.ToArray()));
        Assert.Equal((frame.Clock, frame.Kind, frame.Begun, frame.Ready), (back.Clock, back.Kind, back.Begun, back.Ready));
        Assert.Equal(frame.Proposals, back.Proposals);
        Assert.Equal(frame.CausalReceipts, back.CausalReceipts);
        Assert.Equal(frame.Follows, back.Follows);
        Assert.True(back.HoldsView);
        Assert.Equal(frame.JointNumber, back.JointNumber);
        Assert.Equal(frame.Sure, back.Sure);
        Assert.Equal(frame.Verdicts, back.Verdicts);
        Assert.Equal(Math.Max(frame.Clock, 12_345), back.ClockGreatest);
        Assert.Equal(frame.JointsPending, back.JointsPending);
        Assert.Equal(frame.Groups.Length, back.Groups.Length);
        foreach (var (was, now) in frame.Groups.Zip(back.Groups))
        {
            Assert.Equal((was.Group, was.View, was.Rank, was.Life), (now.Group, now.View, now.Rank, now.Life));
            Assert.Equal(was.Contacts, now.Contacts);
        }

        var message = Assert.Single(back.Messages);
        Assert.Equal(1_500ul, message.EpsilonMicroseconds);
        Assert.Equal([1, 2, 3], message.Payload.ToArray());
    }

    [Fact]
    public void StateFromAStranger_IsRefused()
    {
        var processes = Two();
        processes.Do(0, (p, o) => p.Receive(new ProcessId(99), WithHeader(0x42, [1, 0]), processes.Now, o));
        Assert.Equal(1, processes[0].Refusals[RefusalReason.NotEntitled]);
    }

    [Theory]
    [InlineData(0)] // One group alone is none.
    [InlineData(1)] // They go by their ids.
    [InlineData(2)] // The first has number 1.
    [InlineData(3)] // What needs no place goes to each by itself.
    public void JointFrameThatCannotBe_IsMalformed(int fault)
    {
        var frame = new Frame { Clock = 5, Kind = fault == 3 ? FrameKind.Plain : FrameKind.Total };
        AddJoint(frame);
        switch (fault)
        {
            case 0:
                frame.Groups = frame.Groups[..1];
                break;
            case 1:
                Array.Reverse(frame.Groups);
                break;
            case 2:
                frame.JointNumber = 0;
                break;
        }

        var writer = new WireWriter();
        frame.Write(writer, [new FrameMessage(fault == 3 ? Delivery.Fifo : Delivery.Total, new byte[1], 0)]);
        Assert.False(new Frame().TryRead(writer.Written.ToArray()));
    }

    [Fact]
    public void AnswerWithAPlaceThatNoClockShows_IsRefused()
    {
        var processes = new Processes(3);
        processes[0].ServeTime(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        processes[1].FollowTime(Processes.Id(0), processes.Now);
        processes.Run(TimeSpan.FromSeconds(1));
        var output = new Output<OrderedEvent>();
        new OrderingPost(Processes.Id(2)).SendJointAnswer(
            Group, 1, new MemberLife(Processes.Id(1), 1_000), 1, JointFate.Placed, 1UL << 60, Processes.Id(1), output);
        var bytes = output.BytesOf(output.Messages[0]).ToArray();
        processes.Do(1, (p, o) => p.Receive(Processes.Id(2), bytes, processes.Now, o));
        Assert.Equal(1, processes[1].Refusals[RefusalReason.Implausible]);
    }

    [Theory]
    [InlineData(99, 1, JointFate.Unknowing)] // Nobody has sent in a view that is not there yet.
    [InlineData(0, 7, JointFate.Unknowing)] // It is no member.
    [InlineData(0, 1, JointFate.Open)]
    internal void CopyThatCannotCome_IsNotWaitedFor(ulong ahead, int sender, JointFate expected)
    {
        var processes = Two();
        var view = processes[0].AgreedViewOf(Group)!.Number + ahead;
        byte[]? answer = null;
        processes.IsLost = (_, _, bytes) =>
        {
            answer = bytes[0] == (byte)OrderingMessage.JointAnswer ? bytes : answer;
            return false;
        };
        var output = new Output<OrderedEvent>();
        new OrderingPost(Processes.Id(1)).SendJointRequest(
            new JointGroup(Group, view, 0, 1_000, []), 1, Processes.Id(sender), Processes.Id(0), output);
        var request = output.BytesOf(output.Messages[0]).ToArray();
        processes.Do(0, (p, o) => p.Receive(Processes.Id(1), request, processes.Now, o));
        Assert.Equal(expected, (JointFate)answer![^2]);
    }

    private static void AddJoint(Frame frame)
    {
        frame.JointNumber = 4;
        frame.JointsPending = [1, 3];
        frame.Groups =
        [
            new JointGroup(Group, 2, 1, 1_000, [Processes.Id(0), Processes.Id(1)]),
            new JointGroup(new GroupId(9), 5, 0, 7, [Processes.Id(1), new ProcessId(40)]),
        ];
        frame.Sure.Add(new JointId(2, 0, 9));
        frame.Verdicts.Add(new JointVerdict(new JointId(2, 1, 3), 12_345));
    }

    private static Processes Two()
    {
        var processes = new Processes(2);
        processes.Form(Group, 0, 1);
        return processes;
    }

    private static void Feed(Processes processes, byte[] bytes) =>
        processes.Do(0, (p, o) => p.Receive(Processes.Id(1), bytes, processes.Now, o));

    private static byte[] WithHeader(byte kind, byte[] bytes)
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage(kind, 1);
        writer.WriteUInt128(Group.Value);
        writer.WriteVarint(2);
        writer.WriteVarint(1_000);
        writer.WriteRaw(bytes);
        writer.End(mark);
        return writer.Written.ToArray();
    }

    /// <summary>A member's next message in the group's channel.</summary>
    private static void FeedFrame(Processes processes, byte[] frame)
    {
        var post = new GroupPost(Group, Processes.Id(1)) { Life = 1_000 };
        post.Begin(GroupMessage.Data, processes[0].ViewOf(Group)!.Number);
        post.Writer.WriteCount(1);
        post.Writer.WriteVarint(3);
        post.Writer.WriteVarint(0);
        post.Writer.WriteBoolean(false);
        post.Writer.WriteBytes(frame);
        post.Send(Processes.Id(0));
        Feed(processes, post.Writer.Written.ToArray());
    }
}
