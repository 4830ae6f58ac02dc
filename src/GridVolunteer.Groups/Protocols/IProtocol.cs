namespace GridVolunteer.Groups.Protocols;

/// <summary>
/// The shape of every protocol here: a message or a tick goes in together with the time; messages, events and
/// the time of the next tick come out. It owns no task, clock, socket or random source: a <see cref="Random"/>
/// with a seed is handed to its constructor. So a run replays from its seed, and the same class serves a
/// simulator and a real network. Not thread-safe: one caller at a time.
/// <para>
/// The time is the span since some moment the host chose, on a clock that never goes backwards (a wall clock that
/// jumps does not matter). A call with an earlier time than the last is taken for the last.
/// </para>
/// </summary>
/// <typeparam name="TEvent">What it delivers upwards.</typeparam>
public interface IProtocol<TEvent>
{
    /// <summary>
    /// When <see cref="Tick"/> wants to be called next, <see cref="TimeSpan.MaxValue"/> for never. It changes
    /// with every call; a tick that comes late, or early, does no harm.
    /// </summary>
    TimeSpan Due { get; }

    /// <summary>
    /// Takes in one message, header and all. What is malformed, unknown or not the sender's to say is refused
    /// and counted; nothing is thrown.
    /// </summary>
    /// <param name="from">Who sent it, as the transport has made sure of.</param>
    /// <param name="message">Its bytes; not kept.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows from it.</param>
    void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<TEvent> output);

    /// <summary>Does what has become due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows from it.</param>
    void Tick(TimeSpan now, Output<TEvent> output);
}
