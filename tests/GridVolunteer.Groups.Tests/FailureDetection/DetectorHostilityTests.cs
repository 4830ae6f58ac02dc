using FsCheck.Xunit;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Tests.FailureDetection;

/// <summary>Whatever bytes come in, a detector stays whole.</summary>
public sealed class DetectorHostilityTests
{
    private static readonly ProcessId Friend = new(2);

    [Property(MaxTest = 300)]
    public bool AnyBytes_AreRefusedOrHarmless(byte[] bytes, byte kind)
    {
        var (detector, output) = Make();
        detector.Receive(Friend, bytes, TimeSpan.Zero, output);
        // And with a header that fits, so that the bytes reach the fields.
        detector.Receive(
            Friend, [(byte)(0x10 + (kind % 9)), 1, (byte)Math.Min(bytes.Length, 127), .. bytes], TimeSpan.Zero, output);
        detector.Tick(TimeSpan.FromSeconds(1), output);
        return detector.Members.Count() <= 4;
    }

    [Property(MaxTest = 300)]
    public bool ChangedMessages_AreRefusedOrHarmless(int seed)
    {
        var random = new Random(seed);
        var (detector, output) = Make();
        var message = DetectorTests.Gossip(
            new MemberClaim(new ProcessId(3), new Incarnation(1, 0), MemberStatus.Suspect, Friend, default),
            new MemberClaim(new ProcessId(4), new Incarnation(1, 0), MemberStatus.Alive, Friend, new byte[6]),
            new MemberClaim(new ProcessId(1), new Incarnation(1, 0), MemberStatus.Dead, Friend, default));
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            message[random.Next(message.Length)] = (byte)random.Next(256);
        }

        detector.Receive(Friend, message.AsSpan(0, random.Next(message.Length + 1)), TimeSpan.Zero, output);
        detector.Tick(TimeSpan.FromSeconds(1), output);
        return detector.Members.Count() <= 4;
    }

    [Fact]
    public void Messages_ThatAreTooLong_AreRefused()
    {
        var (detector, output) = Make();
        detector.Receive(Friend, new byte[(1 << 20) + 1], TimeSpan.Zero, output);
        Assert.Equal(1, detector.Refusals[Groups.Wire.RefusalReason.TooLong]);
    }

    [Fact]
    public void MalformedClaim_SpoilsTheWholeMessage()
    {
        var (detector, output) = Make();
        var good = DetectorTests.Gossip(
            new MemberClaim(new ProcessId(4), new Incarnation(1, 0), MemberStatus.Alive, Friend, default));
        byte[] spoiled = [good[0], good[1], (byte)(good[2] + 2), .. good.AsSpan(3), 1, 99];
        detector.Receive(Friend, spoiled, TimeSpan.Zero, output);
        Assert.Equal(1, detector.Refusals[Groups.Wire.RefusalReason.Malformed]);
        Assert.Null(detector.StatusOf(new ProcessId(4)));
    }

    [Fact]
    public void ManyProbesForOthers_AreBounded()
    {
        var (detector, output) = Make();
        var writer = new Groups.Wire.WireWriter();
        for (uint i = 1; i <= 1_000; i++)
        {
            writer.Clear();
            var mark = writer.BeginMessage((byte)DetectorMessage.PingRequest, 1);
            writer.WriteVarint(i);
            writer.WriteProcess(Friend);
            writer.WriteDuration(TimeSpan.FromSeconds(30));
            writer.End(mark);
            detector.Receive(Friend, writer.Written, TimeSpan.Zero, output);
        }

        Assert.Equal(1_000 - RelayBook.EntriesMax, detector.Refusals[Groups.Wire.RefusalReason.OverLimit]);
    }

    private static (FailureDetector Detector, Output<MembershipEvent> Output) Make()
    {
        var output = new Output<MembershipEvent>();
        var detector = DetectorTests.Make(new DetectorOptions { LearnsMembers = true, MembersMax = 4 });
        detector.Watch(Friend, default, TimeSpan.Zero, output);
        return (detector, output);
    }
}
