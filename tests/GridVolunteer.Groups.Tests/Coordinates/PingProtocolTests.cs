using FsCheck.Xunit;
using GridVolunteer.Groups.Coordinates;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Coordinates;

public sealed class PingProtocolTests
{
    private static readonly ProcessId A = new(1);
    private static readonly ProcessId B = new(2);

    private readonly PingProtocol _a = New(1);
    private readonly PingProtocol _b = New(2);
    private readonly Output<RoundTripMeasured> _output = new();

    [Fact]
    public void Pong_GivesTheRoundTripAndWhereThePeerStands()
    {
        var pong = PingAndAnswer();
        _a.Receive(B, pong, TimeSpan.FromMilliseconds(40), _output);
        var measured = Assert.Single(_output.Events);
        Assert.Equal((B, TimeSpan.FromMilliseconds(40)), (measured.Peer, measured.RoundTrip));
        Assert.Equal(CoordinateVerdict.Accepted, measured.Verdict);
    }

    [Fact]
    public void Pong_DoubledOrFromAnother_IsRefused()
    {
        var pong = PingAndAnswer();
        _a.Receive(new ProcessId(3), pong, TimeSpan.FromMilliseconds(40), _output);
        Assert.Empty(_output.Events);
        _a.Receive(B, pong, TimeSpan.FromMilliseconds(40), _output);
        _a.Receive(B, pong, TimeSpan.FromMilliseconds(50), _output);
        Assert.Single(_output.Events);
        Assert.Equal(2, _a.Refusals[RefusalReason.Implausible]);
    }

    [Fact]
    public void Ping_WithoutAnswer_IsForgottenWhenItIsDue()
    {
        Assert.Equal(TimeSpan.MaxValue, _a.Due);
        _a.Ping(B, TimeSpan.FromSeconds(1), _output);
        Assert.Equal(TimeSpan.FromSeconds(11), _a.Due);
        _a.Tick(_a.Due, _output);
        Assert.Equal(0, _a.Unanswered);
    }

    [Fact]
    public void Pings_WithoutAnswer_AreBounded()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _a.Ping(B, TimeSpan.Zero, _output);
        }

        Assert.Equal(PingProtocol.UnansweredMax, _a.Unanswered);
    }

    [Property]
    public void Coordinates_ReadBackToTheMicrosecond(int seed)
    {
        var random = new Random(seed);
        var point = Enumerable.Range(0, 8).Select(_ => (random.NextDouble() * 20) - 10).ToArray();
        var written = new NetworkCoordinate(
            point, random.NextDouble(), random.NextDouble(), -random.NextDouble());
        var writer = new WireWriter();
        CoordinateWire.Write(writer, written);
        var reader = new WireReader(writer.Written);
        var read = CoordinateWire.Read(ref reader)!;
        Assert.True(reader.AtEnd);
        Assert.InRange(read.PointDistance(written), 0, 2e-6);
        Assert.Equal(written.HeightSeconds, read.HeightSeconds, 1e-6);
        Assert.Equal(written.Error, read.Error, 1e-6);
        Assert.Equal(written.AdjustmentSeconds, read.AdjustmentSeconds, 1e-6);
    }

    [Property(MaxTest = 500)]
    public void HostileBytes_AreRefusedAndCounted(byte[] bytes, ushort at, byte flip)
    {
        var a = New(1);
        a.Receive(B, bytes, TimeSpan.Zero, _output);
        a.Receive(B, bytes.Prepend((byte)0x72).ToArray(), TimeSpan.Zero, _output);
        Assert.Equal(2, a.Refusals.Total);

        var mangled = PingAndAnswer();
        mangled[at % mangled.Length] ^= flip;
        _a.Receive(B, mangled, TimeSpan.FromMilliseconds(1), _output);
        var refused = _a.Refusals.Total;
        _a.Receive(B, mangled.AsSpan(0, at % mangled.Length), TimeSpan.FromMilliseconds(1), _output);
        Assert.Equal(refused + 1, _a.Refusals.Total);
    }

    private static PingProtocol New(int seed)
    {
        var node = new VivaldiNode(CoordinateOptions.Default, new Random(seed));
        return new PingProtocol(node, CoordinateOptions.Default, new Random(seed));
    }

    private byte[] PingAndAnswer()
    {
        _output.Clear();
        _a.Ping(B, TimeSpan.Zero, _output);
        var ping = _output.BytesOf(_output.Messages[0]).ToArray();
        _output.Clear();
        _b.Receive(A, ping, TimeSpan.Zero, _output);
        var pong = _output.BytesOf(_output.Messages[0]).ToArray();
        _output.Clear();
        return pong;
    }
}
