using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>Serves the time on a machine that is in no group.</summary>
internal sealed class TimeProgram : ISimulatedProgram
{
    private readonly Output<OrderedEvent> _output = new();
    private readonly OrderedGroups _ordered;
    private readonly MessageSender _sender;

    public TimeProgram(OrderWorld world, Machine machine)
    {
        _sender = new MessageSender(world.Network, machine);
        _ordered = new OrderedGroups(SimulatedIds.Of(machine.Number), world.Ordering, new Random(1));
        _ordered.ServeTime(OrderWorld.TimeAtZero);
    }

    public TimeSpan Due => _ordered.Due;

    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (_sender.TryOpen(from, bytes, out var frame))
        {
            _ordered.Receive(SimulatedIds.Of(from), frame, now, _output);
            _sender.Send(_output);
            _output.Clear();
        }
    }

    public void Tick(TimeSpan now) => _ordered.Tick(now, _output);

    public void SendFailed(int to, TimeSpan now)
    {
        // It will be asked again.
    }
}
