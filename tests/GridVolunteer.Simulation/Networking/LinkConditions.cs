namespace GridVolunteer.Simulation.Networking;

/// <summary>How a link treats datagrams.</summary>
public sealed record LinkConditions
{
    /// <summary>A quiet local network: 0.2 to about 1 ms, nothing lost.</summary>
    public static LinkConditions Calm { get; } = new();

    /// <summary>The shortest delay one way.</summary>
    public TimeSpan DelayMin { get; init; } = TimeSpan.FromMilliseconds(0.2);

    /// <summary>The mean of what is added to it, exponentially distributed.</summary>
    public TimeSpan DelayExtraMean { get; init; } = TimeSpan.FromMilliseconds(0.3);

    /// <summary>How likely a datagram is lost, from 0 to 1. A stream repeats it, and is slower for it.</summary>
    public double Loss { get; init; }

    /// <summary>How likely a datagram arrives twice.</summary>
    public double Duplication { get; init; }

    /// <summary>How likely a datagram is overtaken: up to <see cref="OvertakenBy"/> is added to its delay.</summary>
    public double Reordering { get; init; }

    /// <summary>The most that is added to a datagram that is overtaken.</summary>
    public TimeSpan OvertakenBy { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How likely one bit of a datagram arrives changed.</summary>
    public double Corruption { get; init; }

    /// <summary>Draws the time a datagram takes.</summary>
    public TimeSpan DrawDelay(Random random)
    {
        var delay = DelayMin - (DelayExtraMean * Math.Log(1 - random.NextDouble()));
        return Reordering > 0 && random.NextDouble() < Reordering
            ? delay + (OvertakenBy * random.NextDouble())
            : delay;
    }
}
