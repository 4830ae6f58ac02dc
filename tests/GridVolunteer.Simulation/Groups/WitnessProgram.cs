using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Groups;

/// <summary>Runs a witness on a machine.</summary>
internal sealed class WitnessProgram : ISimulatedProgram
{
    private readonly Output<GroupEvent> _output = new();
    private readonly ViewWitness _witness;
    private readonly MessageSender _sender;

    public WitnessProgram(GroupWorld world, Machine machine)
    {
        _sender = new MessageSender(world.Network, machine);
        _witness = new ViewWitness(new MemberLife(SimulatedIds.Of(machine.Number), (ulong)machine.Boots));
        _witness.Serve(world.Group);
    }

    public TimeSpan Due => TimeSpan.MaxValue;

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
        // It only answers.
    }

    public void SendFailed(int to, TimeSpan now)
    {
        // It will be asked again.
    }
}
