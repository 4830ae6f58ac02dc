namespace GridVolunteer.Simulation.Search;

/// <summary>Who is whose neighbour. Both ways.</summary>
internal sealed class Topology
{
    private const int HomeSize = 8;
    private const int GroupsMax = 4;

    private readonly SortedSet<int>[] _neighbours;

    private Topology(int peers) =>
        _neighbours = [.. Enumerable.Range(0, peers).Select(_ => new SortedSet<int>())];

    public int Size => _neighbours.Length;

    public double MeanDegree => _neighbours.Average(n => n.Count);

    public IReadOnlyCollection<int> Of(int peer) => _neighbours[peer];

    /// <summary>
    /// A fleet in neighbourhoods of 8, and for each a bridge group of 2 members each of itself, of its 2
    /// nearest and of 1 random neighbourhood.
    /// </summary>
    public static Topology Neighbourhoods(int homes, Random random)
    {
        var topology = new Topology(homes * HomeSize);
        var places = Enumerable.Range(0, homes)
            .Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).ToArray();
        var groups = new int[topology.Size];
        for (var home = 0; home < homes; home++)
        {
            topology.Join(Enumerable.Range(home * HomeSize, HomeSize));
            var near = Enumerable.Range(0, homes).Where(h => h != home)
                .OrderBy(h => Square(places[h].X - places[home].X) + Square(places[h].Y - places[home].Y))
                .ToArray();
            var far = near[random.Next(Math.Min(2, near.Length - 1), near.Length)];
            var bridged = near.Take(2).Append(far).Append(home).Distinct();
            topology.Join(bridged.SelectMany(h => TwoOf(h, groups, random)).ToArray());
        }

        return topology;
    }

    /// <summary>A random connected graph: a tree and some links more.</summary>
    public static Topology Random(int peers, int linksMore, Random random)
    {
        var topology = new Topology(peers);
        for (var peer = 1; peer < peers; peer++)
        {
            topology.Link(peer, random.Next(peer));
        }

        for (var i = 0; i < linksMore; i++)
        {
            topology.Link(random.Next(peers), random.Next(peers));
        }

        return topology;
    }

    /// <summary>
    /// How many links the shortest way from a peer to each other has; -1 where there is none.
    /// </summary>
    public int[] DistancesFrom(int start, Func<int, bool> isUp)
    {
        var distances = new int[Size];
        Array.Fill(distances, -1);
        distances[start] = 0;
        var waiting = new Queue<int>([start]);
        while (waiting.TryDequeue(out var peer))
        {
            foreach (var next in _neighbours[peer].Where(n => distances[n] < 0 && isUp(n)))
            {
                distances[next] = distances[peer] + 1;
                waiting.Enqueue(next);
            }
        }

        return distances;
    }

    // Drawn at random rather than evenly: a flood gets further where some have more neighbours than others.
    // But nobody is in more than 4 groups.
    private static IEnumerable<int> TwoOf(int home, int[] groups, Random random)
    {
        var chosen = Enumerable.Range(home * HomeSize, HomeSize)
            .OrderBy(p => groups[p] >= GroupsMax - 1 ? 1 : 0).ThenBy(_ => random.Next()).Take(2).ToArray();
        foreach (var peer in chosen)
        {
            groups[peer]++;
        }

        return chosen;
    }

    private static double Square(double x) => x * x;

    private void Join(IEnumerable<int> members)
    {
        var all = members.ToArray();
        foreach (var a in all)
        {
            foreach (var b in all)
            {
                Link(a, b);
            }
        }
    }

    private void Link(int a, int b)
    {
        if (a != b)
        {
            _neighbours[a].Add(b);
            _neighbours[b].Add(a);
        }
    }
}
