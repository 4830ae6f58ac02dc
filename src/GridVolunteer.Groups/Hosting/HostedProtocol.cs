namespace GridVolunteer.Groups.Hosting;

/// <summary>A protocol that a <see cref="GroupHost"/> runs.</summary>
internal abstract class HostedProtocol
{
    /// <summary>When it wants to be ticked.</summary>
    public abstract TimeSpan Due { get; }

    /// <summary>Hands it a message.</summary>
    public abstract void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now);

    /// <summary>Has it do what is due.</summary>
    public abstract void Tick(TimeSpan now);

    /// <summary>Carries out what it has decided; false when there was nothing.</summary>
    public abstract bool Drain(TimeSpan now);
}
