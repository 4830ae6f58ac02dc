using FsCheck.Xunit;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Register;

/// <summary>Whatever bytes come in, registers stay whole, and grow no further than their options say.</summary>
public sealed class RegisterHostilityTests
{
    private static readonly ProcessId Stranger = new(5);
    private static readonly RegisterOptions Small = new() { GroupsMax = 4 };
    private static readonly GroupEntry Entry = new(
        "north", new GroupId(7), GroupKind.Open, GroupRule.Peers, new MemberLife(new ProcessId(9), 1),
        [new GroupContact(Stranger, new byte[6]), new GroupContact(new ProcessId(6), default)]);

    [Property(MaxTest = 300)]
    public bool AnyBytes_AreRefusedOrHarmless(byte[] bytes, byte kind)
    {
        var (register, server, output) = Make();
        foreach (var message in new[] { bytes, WithHeader((RegisterMessage)(0x90 + (kind % 16)), bytes) })
        {
            register.Receive(Stranger, message, TimeSpan.Zero, output);
            server.Receive(Stranger, message, TimeSpan.Zero, output);
        }

        register.Tick(TimeSpan.FromSeconds(1), output);
        server.Tick(TimeSpan.FromSeconds(1), output);
        return register.Groups.Count() == 1 && server.Groups.Count() <= 1;
    }

    [Property(MaxTest = 300)]
    public bool ChangedMessages_AreRefusedOrHarmless(int seed)
    {
        var random = new Random(seed);
        var (register, server, output) = Make();
        var kind = (RegisterMessage)(0x90 + random.Next(12));
        var body = new WireWriter();
        RegisterWire.WriteEntry(body, Entry);
        body.WriteBoolean(true);
        var message = WithHeader(kind, body.Written.ToArray());
        for (var changes = random.Next(0, 4); changes > 0; changes--)
        {
            message[random.Next(message.Length)] = (byte)random.Next(256);
        }

        message = message[..random.Next(message.Length + 1)];
        register.Receive(Stranger, message, TimeSpan.Zero, output);
        server.Receive(Stranger, message, TimeSpan.Zero, output);
        register.Tick(TimeSpan.FromSeconds(1), output);
        server.Tick(TimeSpan.FromSeconds(1), output);
        return register.Groups.Count() == 1 && server.Groups.Count() <= 1;
    }

    [Fact]
    public void EntryThatClaimsManyMembers_IsRefusedBeforeAnythingIsAllocated()
    {
        var writer = new WireWriter();
        var mark = writer.BeginRecord();
        RegisterWire.WriteName(writer, "north");
        writer.WriteUInt128(7);
        writer.WriteRaw([0, 0, 0]);
        writer.WriteVarint(ulong.MaxValue / 2);
        writer.End(mark);
        var (register, server, output) = Make();
        var message = WithHeader(RegisterMessage.Announce, writer.Written.ToArray());
        register.Receive(Stranger, message, TimeSpan.Zero, output);
        server.Receive(Stranger, message, TimeSpan.Zero, output);
        Assert.Equal(1, register.Refusals[RefusalReason.Malformed]);
        Assert.Equal(1, server.Refusals[RefusalReason.Malformed]);
    }

    [Fact]
    public void MoreGroupsThanAllowed_AreRefused()
    {
        var (_, server, output) = Make();
        for (var i = 0; i < 10; i++)
        {
            var body = new WireWriter();
            RegisterWire.WriteEntry(body, Entry with { Name = $"n{i}", Id = new GroupId((UInt128)(uint)i) });
            server.Receive(
                Stranger, WithHeader(RegisterMessage.Announce, body.Written.ToArray()), TimeSpan.Zero, output);
        }

        Assert.Equal(4, server.Groups.Count());
        Assert.Equal(6, server.Refusals[RefusalReason.OverLimit]);
    }

    [Fact]
    public void EndOfAGroup_SaidByAStranger_IsRefused()
    {
        var (register, _, output) = Make();
        var body = new WireWriter();
        body.WriteUInt128(3);
        register.Receive(
            Stranger, WithHeader(RegisterMessage.Ended, body.Written.ToArray()), TimeSpan.Zero, output);
        Assert.Equal(1, register.Refusals[RefusalReason.NotEntitled]);
        Assert.DoesNotContain(output.Events, e => e is RegisterEvent.Dissolved);
    }

    [Fact]
    public void Messages_ThatAreTooLong_AreRefused()
    {
        var (register, server, output) = Make();
        register.Receive(Stranger, new byte[2 << 20], TimeSpan.Zero, output);
        server.Receive(Stranger, new byte[2 << 20], TimeSpan.Zero, output);
        Assert.Equal((1, 1), (register.Refusals[RefusalReason.TooLong], server.Refusals[RefusalReason.TooLong]));
    }

    private static byte[] WithHeader(RegisterMessage kind, byte[] body)
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage((byte)kind, 1);
        writer.WriteVarint(1);
        writer.WriteRaw(body);
        writer.End(mark);
        return writer.Written.ToArray();
    }

    private static (GroupRegister Register, GroupServer Server, Output<RegisterEvent> Output) Make()
    {
        var register = new GroupRegister(new MemberLife(new ProcessId(1), 1), Small, new Random(1));
        register.UseServer(new GroupContact(new ProcessId(9), default));
        var own = Entry with { Name = "own", Id = new GroupId(3), Kind = GroupKind.Closed, Members = [] };
        register.Entered(own);
        register.Installed(own.Id, new View(1, [new MemberLife(new ProcessId(1), 1)]));
        return (
            register, new GroupServer(new MemberLife(new ProcessId(9), 1), Small, new Random(2)), new());
    }
}
