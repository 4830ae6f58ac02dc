using GridVolunteer.Groups.Coordinates;

namespace GridVolunteer.Groups.Tests.Coordinates;

/// <summary>
/// A fleet whose members ping each other round after round in virtual time. Some may be liars: they stand
/// where they like, claim to be sure of it, and delay their answers.
/// </summary>
internal sealed class CoordinateFleet
{
    private const int Neighbours = 8;

    private readonly CoordinateOptions _options;
    private readonly Random _random;
    private readonly VivaldiNode[] _nodes;
    private readonly int[][] _neighbours;
    private TimeSpan _now;

    public CoordinateFleet(int peers, Random random, int liars = 0, CoordinateOptions? options = null)
    {
        _options = options ?? CoordinateOptions.Default;
        _random = random;
        World = new LatencyWorld(peers, random);
        Liars = liars;
        _nodes = [.. Enumerable.Range(0, peers).Select(_ => new VivaldiNode(_options, random))];
        _neighbours = [.. Enumerable.Range(0, peers).Select(_ =>
            Enumerable.Range(0, Neighbours).Select(_ => random.Next(peers)).ToArray())];
    }

    public LatencyWorld World { get; }

    /// <summary>The first so many members lie.</summary>
    public int Liars { get; }

    public IEnumerable<int> Honest => Enumerable.Range(Liars, _nodes.Length - Liars);

    public NetworkCoordinate Of(int peer) => _nodes[peer].Coordinate;

    /// <summary>Each member pings one peer a round: mostly a neighbour, now and then anybody.</summary>
    public void Run(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _now += TimeSpan.FromMilliseconds(500);
            foreach (var peer in Honest)
            {
                var other = _random.Next(3) == 0
                    ? _random.Next(_nodes.Length)
                    : _neighbours[peer][_random.Next(Neighbours)];
                if (other != peer)
                {
                    Ping(_nodes[peer], peer, other);
                }
            }
        }
    }

    /// <summary>How wrong predictions are, as a share of the truth: the median over pairs of honest
    /// members.</summary>
    public double MedianError()
    {
        var errors =
            from a in Honest
            from b in Honest
            where a < b
            let truth = World.RoundTrip(a, b).TotalSeconds
            select Math.Abs(Of(a).RoundTripTo(Of(b)).TotalSeconds - truth) / truth;
        return Median([.. errors]);
    }

    /// <summary>
    /// Forgets where a member stood, lets it ping <paramref name="samples"/> random others, and gives the
    /// mean round trip to the 7 nearest it then finds.
    /// </summary>
    public double NewcomersSeven(int peer, int samples)
    {
        _nodes[peer] = new VivaldiNode(_options, _random);
        for (var i = 0; i < samples; i++)
        {
            _now += TimeSpan.FromMilliseconds(500);
            Ping(_nodes[peer], peer, AnyBut(peer));
        }

        var candidates = Enumerable.Range(0, _nodes.Length).Where(p => p != peer)
            .Select(p => KeyValuePair.Create(Id(p), Of(p)));
        var pinged = NearestPeers.ByPrediction(Of(peer), candidates, NearestPeers.PingCount)
            .Select(p => KeyValuePair.Create(p, World.Sample(peer, IndexOf(p))));
        return NearestPeers.ByMeasurement(pinged, 7).Average(p => Milliseconds(peer, IndexOf(p)));
    }

    /// <summary>The mean round trip to the 7 truly nearest, in ms.</summary>
    public double BestSeven(int peer) => Honest.Where(p => p != peer)
        .Select(p => Milliseconds(peer, p)).Order().Take(7).Average();

    /// <summary>The mean round trip to 7 picked at random, in ms.</summary>
    public double RandomSeven(int peer) =>
        Enumerable.Range(0, 7).Average(_ => Milliseconds(peer, AnyBut(peer)));

    public static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static ProcessId Id(int peer) => new((UInt128)peer);

    private static int IndexOf(ProcessId id) => (int)id.Value;

    private double Milliseconds(int a, int b) => World.RoundTrip(a, b).TotalMilliseconds;

    private int AnyBut(int peer) => (peer + 1 + _random.Next(_nodes.Length - 1)) % _nodes.Length;

    private void Ping(VivaldiNode node, int peer, int other)
    {
        if (other < Liars)
        {
            var far = Enumerable.Range(0, NetworkCoordinate.Dimensions)
                .Select(_ => _random.NextDouble() - 0.5);
            var lie = new NetworkCoordinate([.. far], 0.001, 0, 0);
            node.Observe(Id(other), lie, World.Sample(peer, other) * (1 + (10 * _random.NextDouble())), _now);
            return;
        }

        node.Observe(Id(other), Of(other), World.Sample(peer, other), _now);
    }
}
