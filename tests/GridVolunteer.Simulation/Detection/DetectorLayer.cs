using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Campaigns;
using GridVolunteer.Simulation.Detection.Checkers;

namespace GridVolunteer.Simulation.Detection;

/// <summary>Failure detectors among 3 to 12 machines, to which all sorts of things happen and are mended.</summary>
public sealed class DetectorLayer : ILayer
{
    /// <inheritdoc/>
    public string Name => "detector";

    /// <inheritdoc/>
    public IReadOnlyList<string> Flaws { get; } =
        [.. Enum.GetValues<DetectorFlaw>().Where(f => f != DetectorFlaw.None).Select(f => f.ToString())];

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var choice = new Random(seed);
        var options = new DetectorOptions { LearnsMembers = choice.Next(2) == 0 };
        var world = new DetectorWorld(
            seed, choice.Next(3, 13), options, flaw is null ? DetectorFlaw.None : Enum.Parse<DetectorFlaw>(flaw));
        world.Check(
            new FalseDeathChecker(world),
            new CrashChecker(world),
            new IncarnationChecker(world),
            new GoodbyeChecker(world),
            new ConvergenceChecker(world));
        var scenario = new DetectorScenario(world, choice);
        scenario.Play();
        world.Conclude();
        scenario.Counts["messages"] = world.Network.MessagesSent;
        scenario.Counts["virtual s"] = (long)world.Simulator.Now.TotalSeconds;
        return new RunOutcome(world.Violations, world.Simulator.Trace.Value, scenario.Counts);
    }
}
