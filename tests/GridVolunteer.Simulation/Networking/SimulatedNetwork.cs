using GridVolunteer.Simulation.Engine;

namespace GridVolunteer.Simulation.Networking;

/// <summary>
/// A network of machines that loses, doubles, delays and reorders datagrams, cuts links one way, falls apart and
/// heals. Streams keep their order and lose nothing while both ends run and the link is whole; what is under way
/// when it is cut is lost.
/// </summary>
public sealed class SimulatedNetwork
{
    private static readonly TimeSpan StreamRepeatsAfter = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<(int From, int To)> _cuts = [];
    private readonly HashSet<(int From, int To)> _failing = [];
    private readonly Dictionary<(int From, int To), TimeSpan> _streamEnds = [];
    private readonly int[] _islands;

    /// <summary>Makes a network of machines that are all down.</summary>
    public SimulatedNetwork(Simulator simulator, int machines)
    {
        Simulator = simulator;
        _islands = new int[machines];
        Machines = [.. Enumerable.Range(0, machines).Select(n => new Machine(this, n))];
    }

    /// <summary>The time and the randomness.</summary>
    public Simulator Simulator { get; }

    /// <summary>The machines, by number.</summary>
    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>How links treat datagrams.</summary>
    public LinkConditions Conditions { get; set; } = LinkConditions.Calm;

    /// <summary>Datagrams and stream messages sent.</summary>
    public long MessagesSent { get; private set; }

    /// <summary>Bytes of those.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Looks at every message as it is sent; a test may crash a machine at the one it waits for.</summary>
    public Action<int, int, ReadOnlyMemory<byte>>? OnSend { get; set; }

    /// <summary>Cuts the way from one machine to another; the way back stays.</summary>
    public void Cut(int from, int to) => _cuts.Add((from, to));

    /// <summary>Has sends fail on the sending machine itself, as behind a firewall that forbids them.</summary>
    public void FailSends(int from, int to) => _failing.Add((from, to));

    /// <summary>Puts machines on an island of their own; islands do not reach each other.</summary>
    public void Isolate(IEnumerable<int> machines, int island)
    {
        foreach (var machine in machines)
        {
            _islands[machine] = island;
        }
    }

    /// <summary>Mends all cuts and joins all islands.</summary>
    public void Heal()
    {
        _cuts.Clear();
        _failing.Clear();
        Array.Clear(_islands);
    }

    /// <summary>True while datagrams pass from one machine to the other.</summary>
    public bool Passes(int from, int to) => _islands[from] == _islands[to] && !_cuts.Contains((from, to));

    /// <summary>Sends bytes; they are not copied, so must not change.</summary>
    public void Send(int from, int to, byte[] bytes, bool isStream)
    {
        var sender = Machines[from];
        OnSend?.Invoke(from, to, bytes);
        if (!sender.IsUp)
        {
            return;
        }

        MessagesSent++;
        BytesSent += bytes.Length;
        if (_failing.Contains((from, to)))
        {
            Simulator.After(TimeSpan.Zero, sender, new SendFailure(to, sender.Boots));
            return;
        }

        if (!Passes(from, to))
        {
            return;
        }

        var packet = new Packet(from, to, bytes, isStream, (sender.Boots, Machines[to].Boots));
        if (isStream)
        {
            SendOnStream(packet);
            return;
        }

        SendOnce(packet);
        if (Conditions.Duplication > 0 && Simulator.Random.NextDouble() < Conditions.Duplication)
        {
            SendOnce(packet);
        }
    }

    /// <summary>True when a packet that has got there is handed over.</summary>
    internal bool Delivers(Packet packet) =>
        Passes(packet.From, packet.To)
        && (!packet.IsStream || packet.Boots == (Machines[packet.From].Boots, Machines[packet.To].Boots));

    private void SendOnce(Packet packet)
    {
        if (Conditions.Loss > 0 && Simulator.Random.NextDouble() < Conditions.Loss)
        {
            return;
        }

        if (Conditions.Corruption > 0 && Simulator.Random.NextDouble() < Conditions.Corruption)
        {
            var changed = (byte[])packet.Bytes.Clone();
            changed[Simulator.Random.Next(changed.Length)] ^= (byte)(1 << Simulator.Random.Next(8));
            packet = packet with { Bytes = changed };
        }

        Simulator.After(Conditions.DrawDelay(Simulator.Random), Machines[packet.To], packet);
    }

    private void SendOnStream(Packet packet)
    {
        var arrives = Simulator.Now + Conditions.DrawDelay(Simulator.Random);
        while (Conditions.Loss > 0 && Simulator.Random.NextDouble() < Conditions.Loss)
        {
            arrives += StreamRepeatsAfter;
        }

        var link = (packet.From, packet.To);
        if (_streamEnds.TryGetValue(link, out var last) && arrives <= last)
        {
            arrives = last + TimeSpan.FromTicks(1);
        }

        _streamEnds[link] = arrives;
        Simulator.After(arrives - Simulator.Now, Machines[packet.To], packet);
    }
}
