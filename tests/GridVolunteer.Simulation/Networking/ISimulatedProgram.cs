namespace GridVolunteer.Simulation.Networking;

/// <summary>
/// What runs on a simulated machine: something built of pure protocols, or a whole agent whose clock is virtual.
/// Its time is the machine's own, which begins at zero with each start.
/// </summary>
public interface ISimulatedProgram
{
    /// <summary>When it wants its next tick; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    TimeSpan Due { get; }

    /// <summary>Takes in what another machine sent.</summary>
    void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now);

    /// <summary>Does what is due.</summary>
    void Tick(TimeSpan now);

    /// <summary>Learns that a send failed before anything left the machine.</summary>
    void SendFailed(int to, TimeSpan now);
}
