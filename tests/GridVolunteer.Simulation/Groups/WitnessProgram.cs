using GridVolunteer.Groups;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Groups;

/// <summary>Runs a witness on a machine, which in a hierarchical group is its coordinator and lets everybody in.</summary>
internal sealed class WitnessProgram : ISimulatedProgram
{
    private static readonly TimeSpan WordInterval = TimeSpan.FromSeconds(1);

    private readonly Output<GroupEvent> _output = new();
    private readonly GroupWorld _world;
    private readonly ViewWitness _witness;
    private readonly MessageSender _sender;
    private ulong _words;

    public WitnessProgram(GroupWorld world, Machine machine)
    {
        _world = world;
        _sender = new MessageSender(world.Network, machine);
        _witness = new ViewWitness(new MemberLife(SimulatedIds.Of(machine.Number), (ulong)machine.Boots));
        _witness.Serve(world.Group);
        Due = world.Options.Rule == GroupRule.Hierarchical ? TimeSpan.Zero : TimeSpan.MaxValue;
    }

    public TimeSpan Due { get; private set; }

    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (_sender.TryOpen(from, bytes, out var frame))
        {
            _witness.Receive(SimulatedIds.Of(from), frame, now, _output);
            _sender.Send(_output);
            _output.Clear();
        }
    }

    public void Tick(TimeSpan now)
    {
        if (now < Due)
        {
            return;
        }

        Due = now + WordInterval;
        _witness.Govern(new CoordinatorWord(_world.Group, ++_words, _world.Ids, []), _world.Ids, _output);
        _sender.Send(_output);
        _output.Clear();
    }

    public void SendFailed(int to, TimeSpan now)
    {
        // It will be asked again.
    }
}
