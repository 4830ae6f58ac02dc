namespace GridVolunteer.Groups.Tests.Coordinates;

/// <summary>
/// Peers in towns on a map, behind access links, with routes that are not straight. A random pair is about 76
/// ms apart, the best 7 of a peer about 13 ms: as in the measurements that the design rests on.
/// </summary>
internal sealed class LatencyWorld
{
    private const int Towns = 30;

    private readonly double[][] _base;
    private readonly Random _random;

    public LatencyWorld(int peers, Random random)
    {
        _random = random;
        var towns = Enumerable.Range(0, Towns).Select(_ => (X: Uniform(112), Y: Uniform(84))).ToArray();
        var places = Enumerable.Range(0, peers).Select(_ => Place(towns[random.Next(Towns)])).ToArray();
        _base = [.. Enumerable.Range(0, peers).Select(a => new double[peers])];
        for (var a = 0; a < peers; a++)
        {
            for (var b = 0; b < a; b++)
            {
                _base[a][b] = _base[b][a] = Path(places[a], places[b]);
            }
        }
    }

    public int Peers => _base.Length;

    /// <summary>The round trip of an undisturbed packet.</summary>
    public TimeSpan RoundTrip(int a, int b) => TimeSpan.FromMilliseconds(_base[a][b]);

    /// <summary>A measured one: queues add a little always, and now and then a lot.</summary>
    public TimeSpan Sample(int a, int b)
    {
        var queue = -1.5 * Math.Log(1 - _random.NextDouble());
        var spike = _random.Next(50) == 0 ? Uniform(10) * _base[a][b] : 0;
        return TimeSpan.FromMilliseconds(_base[a][b] + queue + spike);
    }

    private (double X, double Y, double Access) Place((double X, double Y) town) =>
        (town.X + Uniform(4), town.Y + Uniform(4), 1 - (4 * Math.Log(1 - _random.NextDouble())));

    private double Path((double X, double Y, double Access) a, (double X, double Y, double Access) b)
    {
        // Routes are longer than the map says, each by a share of its own.
        var straight = Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
        return (straight * (1.1 + Uniform(0.5))) + a.Access + b.Access;
    }

    private double Uniform(double max) => _random.NextDouble() * max;
}
