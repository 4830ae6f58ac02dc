using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Groups.Tests.FailureDetection;

public sealed class DetectorTests
{
    private static readonly ProcessId Self = new(1);
    private static readonly ProcessId Friend = new(2);
    private static readonly ProcessId Other = new(3);
    private static readonly ProcessId Stranger = new(9);

    private readonly Output<MembershipEvent> _output = new();
    private readonly FailureDetector _detector = Make(new DetectorOptions());

    public DetectorTests()
    {
        _detector.Watch(Friend, default, TimeSpan.Zero, _output);
        _detector.Watch(Other, default, TimeSpan.Zero, _output);
        _detector.Tick(TimeSpan.Zero, _output);
        _output.Clear();
    }

    [Fact]
    public void Ping_IsAnsweredEvenToAStranger()
    {
        _detector.Receive(Stranger, Ping(5), TimeSpan.Zero, _output);
        Assert.Equal([Stranger], _output.Messages.Select(m => m.To));
        Assert.Equal(0, _detector.Refusals.Total);
    }

    [Fact]
    public void Fields_ThatALaterVersionAdds_AreSkipped()
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage((byte)DetectorMessage.Ping, 2);
        writer.WriteVarint(5);
        writer.WriteBoolean(false);
        writer.WriteBytes("news"u8);
        writer.End(mark);
        _detector.Receive(Friend, writer.Written, TimeSpan.Zero, _output);
        Assert.Single(_output.Messages);
    }

    [Fact]
    public void Claims_OfAStranger_AreRefused()
    {
        Hear(Stranger, Claim(Other, 1, MemberStatus.Dead));
        Assert.Equal(1, _detector.Refusals[RefusalReason.NotEntitled]);
        Assert.Equal(MemberStatus.Alive, _detector.StatusOf(Other));
    }

    [Fact]
    public void ProbesForStrangers_AreRefused()
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage((byte)DetectorMessage.PingRequest, 1);
        writer.WriteVarint(1);
        writer.WriteProcess(Stranger);
        writer.WriteDuration(TimeSpan.FromSeconds(1));
        writer.End(mark);
        _detector.Receive(Friend, writer.Written, TimeSpan.Zero, _output);
        Assert.Equal(1, _detector.Refusals[RefusalReason.NotEntitled]);
        Assert.Empty(_output.Messages);
    }

    [Fact]
    public void AtOneIncarnation_TheWorseClaimWins()
    {
        Hear(Friend, Claim(Other, 2, MemberStatus.Dead));
        Hear(Friend, Claim(Other, 2, MemberStatus.Suspect));
        Hear(Friend, Claim(Other, 2, MemberStatus.Alive));
        Assert.Equal(MemberStatus.Dead, _detector.StatusOf(Other));
        Hear(Friend, Claim(Other, 3, MemberStatus.Alive));
        Assert.Equal(MemberStatus.Alive, _detector.StatusOf(Other));
        Hear(Friend, Claim(Other, 2, MemberStatus.Dead));
        Assert.Equal(MemberStatus.Alive, _detector.StatusOf(Other));
        Assert.Equal(
            [MembershipChange.Failed, MembershipChange.Returned], _output.Events.Select(e => e.Change));
    }

    [Fact]
    public void Accusation_IsRefutedAtOnceWithAHigherIncarnation()
    {
        Hear(Friend, new MemberClaim(Self, new Incarnation(1, 4), MemberStatus.Suspect, Other, default));
        Assert.Equal(new Incarnation(1, 5), _detector.Incarnation);
        Assert.Equal([Friend], _output.Messages.Select(m => m.To));
        Assert.Equal(2, _detector.HealthMultiplier);
    }

    [Fact]
    public void Goodbye_SkipsSuspicionAndIsAcknowledged()
    {
        Hear(Other, Goodbye(Other, new SimulatedSigner(Other)));
        Assert.Equal(MemberStatus.Left, _detector.StatusOf(Other));
        Assert.Equal([MembershipChange.Left], _output.Events.Select(e => e.Change));
        Assert.Equal([Other], _output.Messages.Select(m => m.To));
        Hear(Friend, Claim(Other, 1, MemberStatus.Dead));
        Assert.Equal(MemberStatus.Left, _detector.StatusOf(Other));
    }

    [Fact]
    public void Goodbye_SignedByAnother_IsRefused()
    {
        Hear(Friend, Goodbye(Other, new SimulatedSigner(Friend)));
        Assert.Equal(MemberStatus.Alive, _detector.StatusOf(Other));
        Assert.Equal(1, _detector.Refusals[RefusalReason.Unauthentic]);
    }

    [Fact]
    public void Goodbye_OfThisProcess_WaitsForAcknowledgements()
    {
        _detector.Leave(TimeSpan.FromSeconds(1), _output);
        Assert.DoesNotContain(_output.Events, e => e.Change == MembershipChange.Departed);
        foreach (var from in new[] { Friend, Other })
        {
            var writer = new WireWriter();
            var mark = writer.BeginMessage((byte)DetectorMessage.GoodbyeReceipt, 1);
            new Incarnation(1, 0).Write(writer);
            writer.End(mark);
            _detector.Receive(from, writer.Written, TimeSpan.FromSeconds(1), _output);
        }

        Assert.Equal([MembershipChange.Departed], _output.Events.Select(e => e.Change));
    }

    [Fact]
    public void Goodbye_IsSaidToTheDeadToo_AndNotWaitedForLong()
    {
        RunTo(TimeSpan.FromSeconds(60));
        Assert.Equal(MemberStatus.Dead, _detector.StatusOf(Friend));
        _output.Clear();
        _detector.Leave(TimeSpan.FromSeconds(60), _output);
        Assert.Contains(_output.Messages, m => m.To == Friend);
        Assert.DoesNotContain(_output.Events, e => e.Change == MembershipChange.Departed);
        RunTo(TimeSpan.FromSeconds(62));
        Assert.Contains(_output.Events, e => e.Change == MembershipChange.Departed);
    }

    [Fact]
    public void Silence_EndsInSuspicionThenDeathThenFurtherTrials()
    {
        RunTo(TimeSpan.FromSeconds(60));
        Assert.Equal(MemberStatus.Dead, _detector.StatusOf(Friend));
        Assert.Equal(MemberStatus.Dead, _detector.StatusOf(Other));
        _output.Clear();
        RunTo(TimeSpan.FromSeconds(91));
        Assert.Contains(_output.Messages, m => m.To == Friend);
        Assert.Contains(_output.Messages, m => m.To == Other);
    }

    [Fact]
    public void OneThatWasCutOff_HasNobodyBuriedWhenItIsBack()
    {
        // Both are buried at once, so that nobody is left to be told of it.
        Hear(Friend, Claim(Other, 1, MemberStatus.Suspect));
        Hear(Other, Claim(Friend, 1, MemberStatus.Suspect));
        RunTo(TimeSpan.FromSeconds(8));
        Assert.Equal(MemberStatus.Dead, _detector.StatusOf(Other));
        var friend = new FailureDetector(
            new DetectorOptions(), new LocalProcess(Friend, 2, default), new SimulatedSigner(Friend), new Random(2));
        var said = new Output<MembershipEvent>();
        friend.Watch(Self, default, TimeSpan.Zero, said);
        friend.Watch(Other, default, TimeSpan.Zero, said);
        friend.Receive(Self, Gossip(Claim(Other, 1, MemberStatus.Alive)), TimeSpan.Zero, said);
        said.Clear();
        _output.Clear();

        Hear(Friend, new MemberClaim(Friend, new Incarnation(2, 0), MemberStatus.Alive, Friend, default));
        RunTo(TimeSpan.FromSeconds(10));

        foreach (var message in _output.Messages.Where(m => m.To == Friend))
        {
            friend.Receive(Self, _output.BytesOf(message), TimeSpan.Zero, said);
        }

        // It says what it thinks, as a comparison does, and the accused is there to refute it.
        Assert.Equal(MemberStatus.Suspect, friend.StatusOf(Other));
    }

    [Fact]
    public void StandingStill_BlamesNobody()
    {
        Hear(Friend, new MemberClaim(Other, new Incarnation(1, 0), MemberStatus.Suspect, Friend, default));
        _detector.Tick(TimeSpan.FromSeconds(300), _output);
        Assert.Equal(MemberStatus.Suspect, _detector.StatusOf(Other));
        Assert.True(_detector.HealthMultiplier > 1);
    }

    [Fact]
    public void Members_BeyondTheLimit_AreRefused()
    {
        var detector = Make(new DetectorOptions { LearnsMembers = true, MembersMax = 2 });
        Assert.True(detector.Watch(Friend, default, TimeSpan.Zero, _output));
        for (var n = 10; n < 20; n++)
        {
            var claim = Claim(new ProcessId((UInt128)n), 1, MemberStatus.Alive);
            detector.Receive(Friend, Gossip(claim), TimeSpan.Zero, _output);
        }

        Assert.Equal(2, detector.Members.Count());
        Assert.Equal(9, detector.Refusals[RefusalReason.OverLimit]);
        Assert.False(detector.Watch(Other, default, TimeSpan.Zero, _output));
    }

    [Fact]
    public void Forget_LeavesNoTrace()
    {
        Hear(Friend, Claim(Other, 1, MemberStatus.Suspect));
        Assert.True(_detector.Forget(Other));
        Assert.False(_detector.Forget(Other));
        _output.Clear();
        RunTo(TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(_output.Messages, m => m.To == Other);
        Assert.DoesNotContain(_output.Events, e => e.Member == Other);
    }

    [Fact]
    public void Options_OutOfRange_NameEveryFault()
    {
        var options = new DetectorOptions { Period = TimeSpan.Zero, MembersMax = 0 };
        var thrown = Assert.Throws<ArgumentException>(() => Make(options));
        Assert.Contains(nameof(DetectorOptions.Period), thrown.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(DetectorOptions.MembersMax), thrown.Message, StringComparison.Ordinal);
    }

    internal static byte[] Ping(uint sequence)
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage((byte)DetectorMessage.Ping, 1);
        writer.WriteVarint(sequence);
        writer.WriteBoolean(false);
        writer.End(mark);
        return writer.Written.ToArray();
    }

    internal static byte[] Gossip(params ReadOnlySpan<MemberClaim> claims)
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage((byte)DetectorMessage.Gossip, 1);
        foreach (var claim in claims)
        {
            claim.Write(writer);
        }

        writer.End(mark);
        return writer.Written.ToArray();
    }

    internal static FailureDetector Make(DetectorOptions options) => new(
        options, new LocalProcess(Self, 1, default), new SimulatedSigner(Self), new Random(1));

    private static MemberClaim Claim(ProcessId subject, ulong boot, MemberStatus status) =>
        new(subject, new Incarnation(boot, 0), status, Friend, default);

    private static MemberClaim Goodbye(ProcessId subject, SimulatedSigner signer)
    {
        var incarnation = new Incarnation(1, 0);
        var signature = signer.Sign(MemberClaim.GoodbyeStatement(subject, incarnation));
        return new MemberClaim(subject, incarnation, MemberStatus.Left, subject, signature);
    }

    private void Hear(ProcessId from, MemberClaim claim) =>
        _detector.Receive(from, Gossip(claim), TimeSpan.Zero, _output);

    private void RunTo(TimeSpan end)
    {
        while (_detector.Due <= end)
        {
            _detector.Tick(_detector.Due, _output);
        }
    }
}
