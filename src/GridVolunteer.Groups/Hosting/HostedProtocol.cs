namespace GridVolunteer.Groups.Hosting;

/// <summary>A protocol that a <see cref="GroupHost"/> runs.</summary>
public abstract class HostedProtocol
{
    private protected HostedProtocol()
    {
    }

    /// <summary>When it wants to be ticked.</summary>
    internal abstract TimeSpan Due { get; }

    /// <summary>Hands it a message.</summary>
    internal abstract void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now);

    /// <summary>Has it do what is due.</summary>
    internal abstract void Tick(TimeSpan now);

    /// <summary>Carries out what it has decided; false when there was nothing.</summary>
    internal abstract bool Drain(TimeSpan now);
}
