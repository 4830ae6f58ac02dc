using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// A protocol that a <see cref="GroupHost"/> runs, and what it has decided. To be touched in the host's commands only.
/// </summary>
/// <typeparam name="TEvent">What it tells.</typeparam>
public sealed class HostedProtocol<TEvent> : HostedProtocol
{
    private readonly IProtocol<TEvent> _protocol;
    private readonly Action<Output<TEvent>> _carry;
    private readonly Action<TEvent, TimeSpan> _handle;
    private Output<TEvent> _other = new();

    internal HostedProtocol(IProtocol<TEvent> protocol, Action<Output<TEvent>> carry, Action<TEvent, TimeSpan> handle)
    {
        _protocol = protocol;
        _carry = carry;
        _handle = handle;
    }

    /// <summary>
    /// What to hand to the protocol's own methods; what is in it is carried out at the end of the command. It is another one
    /// after that: ask for it each time.
    /// </summary>
    public Output<TEvent> Output { get; private set; } = new();

    /// <inheritdoc/>
    internal override TimeSpan Due => _protocol.Due;

    /// <inheritdoc/>
    internal override void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now) =>
        _protocol.Receive(from, message, now, Output);

    /// <inheritdoc/>
    internal override void Tick(TimeSpan now) => _protocol.Tick(now, Output);

    /// <inheritdoc/>
    internal override bool Drain(TimeSpan now)
    {
        if (Output.IsEmpty)
        {
            return false;
        }

        // What follows from its events goes into the other one.
        var decided = Output;
        (Output, _other) = (_other, Output);
        _carry(decided);
        for (var i = 0; i < decided.Events.Count; i++)
        {
            _handle(decided.Events[i], now);
        }

        decided.Clear();
        return true;
    }
}
