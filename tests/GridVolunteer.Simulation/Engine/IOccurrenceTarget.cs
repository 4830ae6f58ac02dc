namespace GridVolunteer.Simulation.Engine;

/// <summary>What the simulator can have something happen to.</summary>
public interface IOccurrenceTarget
{
    /// <summary>It happens now.</summary>
    void Occur(object? argument);
}
