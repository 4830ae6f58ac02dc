using FsCheck.Xunit;
using GridVolunteer.Groups.Coordinates;

namespace GridVolunteer.Groups.Tests.Coordinates;

public sealed class VivaldiNodeTests
{
    private static readonly ProcessId Peer = new(1);
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    private readonly VivaldiNode _node = new(CoordinateOptions.Default, new Random(1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_000.1)]
    public void RoundTrip_ThatCannotBe_IsRefused(double milliseconds)
    {
        var before = _node.Coordinate;
        Assert.Equal(
            CoordinateVerdict.RoundTripOutOfRange,
            _node.Observe(Peer, At(0), TimeSpan.FromMilliseconds(milliseconds), default));
        Assert.Same(before, _node.Coordinate);
        Assert.Equal(1, _node.Refused);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Coordinate_OfNoNumber_CannotBeMade(double number)
    {
        Assert.Throws<ArgumentException>(() => At(number));
        Assert.Throws<ArgumentException>(() => new NetworkCoordinate(new double[8], number, 0, 0));
        Assert.Throws<ArgumentException>(() => new NetworkCoordinate(new double[8], 0, number, 0));
        Assert.Throws<ArgumentException>(() => new NetworkCoordinate(new double[8], 0, 0, number));
        Assert.Throws<ArgumentException>(() => new NetworkCoordinate(new double[7], 0, 0, 0));
        Assert.Throws<ArgumentException>(() => new NetworkCoordinate(new double[8], -1, 0, 0));
    }

    [Fact]
    public void Coordinate_TooFarOffOrTooUnsure_IsRefused()
    {
        Assert.Equal(CoordinateVerdict.CoordinateOutOfRange, _node.Observe(Peer, At(11), RoundTrip, default));
        var unsure = new NetworkCoordinate(new double[8], 0, 2, 0);
        Assert.Equal(CoordinateVerdict.CoordinateOutOfRange, _node.Observe(Peer, unsure, RoundTrip, default));
    }

    [Fact]
    public void Jump_OfAPeer_IsRefusedAndBelievedWhenItCouldHaveWalkedThere()
    {
        Assert.Equal(CoordinateVerdict.Accepted, _node.Observe(Peer, At(0.1), RoundTrip, default));
        Assert.Equal(
            CoordinateVerdict.ImplausibleJump,
            _node.Observe(Peer, At(0.8), RoundTrip, TimeSpan.FromSeconds(1)));
        Assert.Equal(
            CoordinateVerdict.Accepted, _node.Observe(Peer, At(0.8), RoundTrip, TimeSpan.FromSeconds(10)));
        Assert.Equal(
            CoordinateVerdict.Accepted, _node.Observe(new ProcessId(2), At(0.5), RoundTrip, default));
    }

    [Fact]
    public void Sample_MovesThePointByAStepAtMost()
    {
        _node.Observe(Peer, At(5), RoundTrip, default);
        Assert.InRange(_node.Coordinate.PointDistance(At(0)), 0, 0.0251);
    }

    [Fact]
    public void SlowPacket_AmongOthers_ChangesNothing()
    {
        var other = new VivaldiNode(CoordinateOptions.Default, new Random(1));
        for (var i = 0; i < 9; i++)
        {
            var now = TimeSpan.FromSeconds(i);
            other.Observe(Peer, At(0.05), RoundTrip, now);
            _node.Observe(Peer, At(0.05), i == 5 ? TimeSpan.FromSeconds(3) : RoundTrip, now);
        }

        Assert.Equal(0, _node.Coordinate.PointDistance(other.Coordinate));
    }

    [Fact]
    public void TwoThatStandOnOneSpot_Part()
    {
        var other = new VivaldiNode(CoordinateOptions.Default, new Random(2));
        for (var i = 0; i < 100; i++)
        {
            var now = TimeSpan.FromSeconds(i);
            _node.Observe(Peer, other.Coordinate, RoundTrip, now);
            other.Observe(new ProcessId(2), _node.Coordinate, RoundTrip, now);
        }

        Assert.InRange(_node.Coordinate.RoundTripTo(other.Coordinate).TotalMilliseconds, 45, 55);
    }

    [Fact]
    public void Memory_IsBounded()
    {
        for (var i = 0; i < 2 * CoordinateOptions.Default.PeersMax; i++)
        {
            _node.Observe(new ProcessId((UInt128)i), At(0.01), RoundTrip, TimeSpan.FromSeconds(i));
        }

        Assert.Equal(CoordinateOptions.Default.PeersMax, _node.PeerCount);
    }

    /// <summary>Whatever peers claim, the coordinate stays in the space, and honest peers mend it.</summary>
    [Property(MaxTest = 200)]
    public void HostileSamples_LeaveACoordinateThatHonestOnesMend(int seed)
    {
        var random = new Random(seed);
        var node = new VivaldiNode(CoordinateOptions.Default, random);
        var now = TimeSpan.Zero;
        for (var i = 0; i < 400; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(1_000));
            node.Observe(new ProcessId((UInt128)random.Next(5)), Anywhere(random), Any(random), now);
            Assert.InRange(node.Coordinate.SpringLength(At(0)), 0, 10);
            Assert.InRange(node.Coordinate.Error, 0, CoordinateOptions.Default.ErrorMax);
        }

        for (var i = 0; i < 1_000; i++)
        {
            now += TimeSpan.FromSeconds(1);
            node.Observe(new ProcessId(100), At(0), RoundTrip, now);
        }

        Assert.InRange(node.Coordinate.RoundTripTo(At(0)).TotalMilliseconds, 40, 60);
    }

    [Fact]
    public void Options_NameAllTheirFaultsAtOnce()
    {
        var bad = CoordinateOptions.Default with { ErrorGain = 0, PeersMax = 0 };
        var thrown = Assert.Throws<ArgumentException>(() => new VivaldiNode(bad, new Random(1)));
        Assert.Contains("ErrorGain", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("PeersMax", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(CoordinateOptions.Default.Faults());
    }

    private static NetworkCoordinate At(double x) => new([x, 0, 0, 0, 0, 0, 0, 0], 0, 0.1, 0);

    private static NetworkCoordinate Anywhere(Random random)
    {
        var scale = Math.Pow(10, random.Next(-4, 2));
        var point = Enumerable.Range(0, 8).Select(_ => (random.NextDouble() - 0.5) * scale);
        return new NetworkCoordinate([.. point], random.NextDouble() * scale, random.NextDouble() * 2, 0);
    }

    private static TimeSpan Any(Random random) =>
        TimeSpan.FromSeconds(random.NextDouble() * Math.Pow(10, random.Next(-4, 2)));
}
