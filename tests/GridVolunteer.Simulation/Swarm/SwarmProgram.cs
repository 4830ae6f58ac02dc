using GridVolunteer.Groups;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Swarm;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Swarm;

/// <summary>A peer of a swarm, honest or not.</summary>
internal sealed class SwarmProgram : ISimulatedProgram
{
    private const int RefuseKind = 0x67;

    private readonly SwarmWorld _world;
    private readonly Machine _machine;
    private readonly SwarmRole _role;
    private readonly SwarmFlaw _flaw;
    private readonly Output<SwarmEvent> _output = new();

    public SwarmProgram(SwarmWorld world, Machine machine, SwarmRole role, PieceSet pieces, SwarmFlaw flaw)
    {
        _world = world;
        _machine = machine;
        _role = role;
        _flaw = role == SwarmRole.Fetcher ? flaw : SwarmFlaw.None;
        var options = _flaw == SwarmFlaw.AsksEverybody
            ? world.Options with { EndgameExtra = 8 }
            : world.Options;
        Node = new SwarmNode(
            options,
            _flaw == SwarmFlaw.ChecksNothing ? (_, _, _, _) => true : world.Truth.Check,
            world.Simulator.Random);
        var allowance = role == SwarmRole.Refuser && world.Simulator.Random.Next(2) == 0
            ? default
            : world.Allowance;
        Node.Allow(allowance, TimeSpan.Zero, _output);
        if (role == SwarmRole.Fetcher)
        {
            Node.Fetch(world.Truth.Name, world.Truth.Shape, pieces, share: true);
        }
        else
        {
            Node.Share(world.Truth.Name, world.Truth.Shape, pieces);
            Node.SetShared(world.Truth.Name, role != SwarmRole.Refuser || allowance.Slots == 0);
        }
    }

    public SwarmNode Node { get; }

    public TimeSpan Due => _flaw == SwarmFlaw.NeverTicks ? TimeSpan.MaxValue : Node.Due;

    public void AddHolders(IEnumerable<int> peers, TimeSpan now)
    {
        foreach (var peer in peers.Where(p => p != _machine.Number))
        {
            Node.AddHolder(_world.Truth.Name, SimulatedIds.Of(peer), now, _output);
        }

        Carry();
    }

    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        var taken = bytes.ToArray();
        if (_flaw == SwarmFlaw.TakesBusyForLeaving && taken[0] == RefuseKind)
        {
            var reasonAt = 3 + 1 + _world.Truth.Name.Bytes.Length;
            taken[reasonAt] = taken[reasonAt] == (byte)RefuseReason.Busy
                ? (byte)RefuseReason.Leaving
                : taken[reasonAt];
        }

        Node.Receive(SimulatedIds.Of(from), taken, now, _output);
        Carry();
    }

    public void Tick(TimeSpan now)
    {
        if (_flaw != SwarmFlaw.NeverTicks)
        {
            Node.Tick(now, _output);
            Carry();
        }
    }

    public void SendFailed(int to, TimeSpan now)
    {
    }

    private void Carry()
    {
        foreach (var happened in _output.Events.ToArray())
        {
            if (happened is SwarmEvent.BlockWanted wanted)
            {
                Supply(wanted);
                continue;
            }

            _world.Happened(_machine.Number, Distort(happened));
        }

        foreach (var message in _output.Messages)
        {
            var bytes = _output.BytesOf(message).ToArray();
            var to = SimulatedIds.MachineOf(message.To);
            _world.Network.Send(_machine.Number, to, bytes, message.Carrier == Carrier.Stream);
        }

        _output.Clear();
        if (_role == SwarmRole.Fetcher)
        {
            _world.CheckRequests(_machine.Number);
        }
    }

    private SwarmEvent Distort(SwarmEvent happened) =>
        _flaw == SwarmFlaw.BlamesAnother && happened is SwarmEvent.WrongBlock wrong
            ? wrong with { Peer = SimulatedIds.Of(_world.FirstHonest) }
            : happened;

    private void Supply(SwarmEvent.BlockWanted wanted)
    {
        if (_role == SwarmRole.Silent)
        {
            return;
        }

        var data = _world.Truth.Block(wanted.Block).ToArray();
        var proof = _world.Truth.Proof(wanted.Block);
        if (_role == SwarmRole.Liar && _world.Simulator.Random.Next(3) == 0)
        {
            switch (_world.Simulator.Random.Next(3))
            {
                case 0:
                    data[^1] ^= 1;
                    break;
                case 1:
                    data = [.. data, 0];
                    break;
                default:
                    proof[0] ^= 1;
                    break;
            }

            _world.Lied(_machine.Number, SimulatedIds.MachineOf(wanted.Peer));
        }

        _world.Sent(_machine.Number, data.Length);
        Node.Supply(wanted, data, proof, _output);
    }
}
