using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Detection;

/// <summary>Runs one failure detector on a machine.</summary>
public sealed class DetectorProgram : ISimulatedProgram
{
    private readonly Output<MembershipEvent> _output = new();
    private readonly MessageSender _sender;
    private readonly Action<MembershipEvent> _observe;

    /// <summary>Makes the detector, which watches the machines given.</summary>
    /// <param name="world">Where it runs.</param>
    /// <param name="machine">The machine it runs on.</param>
    /// <param name="watched">Machines it is told of; it learns of others if its options say so.</param>
    internal DetectorProgram(DetectorWorld world, Machine machine, IEnumerable<int> watched)
    {
        var self = SimulatedIds.Of(machine.Number);
        _sender = new MessageSender(world.Network, machine);
        _observe = e => world.Observe(machine.Number, e);
        Detector = new FailureDetector(
            world.Options,
            new LocalProcess(self, (ulong)machine.Boots, new byte[] { 127, 0, 0, (byte)machine.Number }),
            new SimulatedSigner(self),
            new Random(world.Simulator.Random.Next()),
            world.Flaw);
        foreach (var other in watched.Where(n => n != machine.Number))
        {
            Detector.Watch(SimulatedIds.Of(other), default, TimeSpan.Zero, _output);
        }
    }

    /// <summary>The detector.</summary>
    public FailureDetector Detector { get; }

    /// <inheritdoc/>
    public TimeSpan Due => Detector.Due;

    /// <summary>Says goodbye.</summary>
    public void Leave(TimeSpan now)
    {
        Detector.Leave(now, _output);
        Flush();
    }

    /// <inheritdoc/>
    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (_sender.TryOpen(from, bytes, out var frame))
        {
            Detector.Receive(SimulatedIds.Of(from), frame, now, _output);
            Flush();
        }
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now)
    {
        Detector.Tick(now, _output);
        Flush();
    }

    /// <inheritdoc/>
    public void SendFailed(int to, TimeSpan now)
    {
        Detector.SendFailed(SimulatedIds.Of(to), now, _output);
        Flush();
    }

    private void Flush()
    {
        _sender.Send(_output);
        foreach (var happened in _output.Events)
        {
            _observe(happened);
        }

        _output.Clear();
    }
}
