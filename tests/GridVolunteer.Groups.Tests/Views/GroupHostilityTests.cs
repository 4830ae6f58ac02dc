using FsCheck.Xunit;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Views;

/// <summary>Whatever bytes come in, from a stranger or a member, a membership stays whole and can be used.</summary>
public sealed class GroupHostilityTests
{
    private static readonly MemberLife Coordinator = new(new ProcessId(9), 100);

    [Property(MaxTest = 300)]
    public void AnyBytes_AreRefusedOrHarmless(byte[] bytes, byte kind)
    {
        var two = new TwoMembers();
        Feed(two, bytes);
        Feed(two, WithHeader((byte)(0x20 + (kind % 0x20)), view: 2, bytes));
        Feed(two, WithHeader((byte)(0x20 + (kind % 0x20)), view: (ulong)kind, bytes));
        two.Run(TimeSpan.FromSeconds(1));
        Assert.InRange(two[TwoMembers.A].Kept, 0, 1_000);
    }

    [Property(MaxTest = 300)]
    public void ChangedMessages_AreRefusedOrHarmless(int seed)
    {
        var random = new Random(seed);
        var two = new TwoMembers();
        var post = new GroupPost(new GroupId(7), TwoMembers.B) { Life = 100 };
        post.Begin(GroupMessage.Accept, 2);
        new Ballot(3, TwoMembers.B).Write(post.Writer);
        new Proposal(new View(3, two[TwoMembers.A].View!.Members), 2, [0, 0], [0, 1]).Write(post.Writer);
        post.Send(TwoMembers.A);
        var bytes = post.Writer.Written.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        Feed(two, bytes.AsSpan(0, random.Next(bytes.Length + 1)));
        two.Run(TimeSpan.FromSeconds(1));
    }

    [Property(MaxTest = 300)]
    public void ChangedWordsOfACoordinator_AreRefusedOrHarmless(int seed)
    {
        var random = new Random(seed);
        var two = new TwoMembers(witness: Coordinator);
        var post = new GroupPost(new GroupId(7), Coordinator.Id) { Life = Coordinator.Life };
        post.Begin((GroupMessage)(0x3d + random.Next(3)), 2);
        new CoordinatorWord(new GroupId(7), 5, [TwoMembers.A], [TwoMembers.B]).Write(post.Writer);
        post.Send(TwoMembers.A);
        var bytes = post.Writer.Written.ToArray();
        bytes[random.Next(1, bytes.Length)] = (byte)random.Next(256);
        Feed(two, bytes.AsSpan(0, random.Next(bytes.Length + 1)), Coordinator.Id);
        two.Run(TimeSpan.FromSeconds(1));
        Assert.Equal([TwoMembers.A, TwoMembers.B], two[TwoMembers.A].View!.Ids);
    }

    [Fact]
    public void WordThatClaimsManyProcesses_IsRefused()
    {
        var two = new TwoMembers(witness: Coordinator);
        Feed(two, WithHeader((byte)GroupMessage.Govern, 0, [1, 0xff, 0xff, 0xff, 0x7f]), Coordinator.Id);
        Assert.Equal(1, two[TwoMembers.A].Refusals[RefusalReason.Malformed]);
    }

    [Property(MaxTest = 200)]
    public void Witness_RefusesOrIgnoresAnyBytes(byte[] bytes, byte kind)
    {
        var witness = new ViewWitness(new MemberLife(new ProcessId(9), 1));
        witness.Serve(new GroupId(7));
        var output = new Output<GroupEvent>();
        witness.Receive(TwoMembers.B, bytes, TimeSpan.Zero, output);
        witness.Receive(TwoMembers.B, WithHeader((byte)(0x30 + (kind % 8)), 2, bytes), TimeSpan.Zero, output);
        Assert.InRange(output.Messages.Count, 0, 1);
    }

    [Fact]
    public void MalformedMessage_IsCounted()
    {
        var two = new TwoMembers();
        Feed(two, WithHeader((byte)GroupMessage.Status, 2, [1, 2]));
        Assert.Equal(1, two[TwoMembers.A].Refusals[RefusalReason.Malformed]);
    }

    private static void Feed(TwoMembers two, ReadOnlySpan<byte> bytes, ProcessId? from = null)
    {
        var copy = bytes.ToArray();
        two.Do(TwoMembers.A, (m, o) => m.Receive(from ?? TwoMembers.B, copy, two.Now, o));
    }

    private static byte[] WithHeader(byte kind, ulong view, byte[] bytes)
    {
        var post = new GroupPost(new GroupId(7), TwoMembers.B) { Life = 100 };
        post.Begin((GroupMessage)kind, view);
        post.Writer.WriteRaw(bytes);
        post.Send(TwoMembers.A);
        return post.Writer.Written.ToArray();
    }
}
