using GridVolunteer.Groups.Framing;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Networking;

/// <summary>Carries a protocol's messages from a machine into the network, sealed.</summary>
public sealed class MessageSender(SimulatedNetwork network, Machine machine)
{
    private readonly FrameGate _gate = new(new SimulatedProtection(SimulatedIds.Of(machine.Number)));

    /// <summary>Frames that did not open.</summary>
    public long Refused => _gate.Refusals.Total;

    /// <summary>Sends all messages of an output. What a crash cuts short is not sent.</summary>
    public void Send<TEvent>(Output<TEvent> output)
    {
        var boots = machine.Boots;
        foreach (var message in output.Messages)
        {
            if (!machine.IsUp || machine.Boots != boots)
            {
                return;
            }

            var bytes = _gate.Seal(message.To, output.BytesOf(message)).ToArray();
            network.Send(
                machine.Number, SimulatedIds.MachineOf(message.To), bytes, message.Carrier == Carrier.Stream);
        }
    }

    /// <summary>Opens what has arrived; false when it does not.</summary>
    public bool TryOpen(int from, ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> frame) =>
        _gate.TryOpen(SimulatedIds.Of(from), bytes, out frame);
}
