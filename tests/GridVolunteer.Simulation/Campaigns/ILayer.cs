namespace GridVolunteer.Simulation.Campaigns;

/// <summary>A layer that can be run from a seed.</summary>
public interface ILayer
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>Known mistakes that can be built in; the checkers notice each within some runs.</summary>
    IReadOnlyList<string> Flaws { get; }

    /// <summary>Runs it once.</summary>
    /// <param name="seed">Everything grows from this.</param>
    /// <param name="flaw">A mistake to build in; null for none.</param>
    RunOutcome Run(int seed, string? flaw = null);
}
