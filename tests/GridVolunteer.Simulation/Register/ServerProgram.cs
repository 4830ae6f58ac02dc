using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Register;

/// <summary>Runs a group server on a machine.</summary>
internal sealed class ServerProgram : ISimulatedProgram
{
    private readonly Output<RegisterEvent> _output = new();
    private readonly MessageSender _sender;
    private readonly GroupServer _server;

    public ServerProgram(RegisterWorld world, Machine machine)
    {
        _sender = new MessageSender(world.Network, machine);
        var options = machine.Boots == 1 ? world.Options with { LearnTime = TimeSpan.Zero } : world.Options;
        _server = new GroupServer(
            new MemberLife(SimulatedIds.Of(machine.Number), (ulong)machine.Boots),
            options,
            new Random(world.Simulator.Random.Next()));
    }

    public TimeSpan Due => _server.Due;

    /// <summary>Dissolves a group; false when the server knows none of that name.</summary>
    public bool Dissolve(string name, TimeSpan now)
    {
        var isKnown = _server.Dissolve(name, now, _output);
        Flush();
        return isKnown;
    }

    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (_sender.TryOpen(from, bytes, out var frame))
        {
            _server.Receive(SimulatedIds.Of(from), frame, now, _output);
            Flush();
        }
    }

    public void Tick(TimeSpan now)
    {
        _server.Tick(now, _output);
        Flush();
    }

    public void SendFailed(int to, TimeSpan now)
    {
        // It will be told again.
    }

    private void Flush()
    {
        _sender.Send(_output);
        _output.Clear();
    }
}
