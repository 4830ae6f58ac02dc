using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Hosting;

/// <summary>A protocol that a <see cref="GroupHost"/> runs, and what it has decided.</summary>
/// <param name="protocol">The protocol.</param>
/// <param name="carry">Sends its messages.</param>
/// <param name="handle">Takes its events; it may call the protocol.</param>
internal sealed class HostedProtocol<TEvent>(
    IProtocol<TEvent> protocol, Action<Output<TEvent>> carry, Action<TEvent, TimeSpan> handle) : HostedProtocol
{
    private Output<TEvent> _other = new();

    /// <summary>What to hand to the protocol's own methods.</summary>
    public Output<TEvent> Output { get; private set; } = new();

    /// <inheritdoc/>
    public override TimeSpan Due => protocol.Due;

    /// <inheritdoc/>
    public override void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now) =>
        protocol.Receive(from, message, now, Output);

    /// <inheritdoc/>
    public override void Tick(TimeSpan now) => protocol.Tick(now, Output);

    /// <inheritdoc/>
    public override bool Drain(TimeSpan now)
    {
        if (Output.IsEmpty)
        {
            return false;
        }

        // What follows from its events goes into the other one.
        var decided = Output;
        (Output, _other) = (_other, Output);
        carry(decided);
        for (var i = 0; i < decided.Events.Count; i++)
        {
            handle(decided.Events[i], now);
        }

        decided.Clear();
        return true;
    }
}
