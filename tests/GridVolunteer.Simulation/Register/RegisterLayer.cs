using GridVolunteer.Groups.Register;
using GridVolunteer.Simulation.Campaigns;
using GridVolunteer.Simulation.Register.Checkers;

namespace GridVolunteer.Simulation.Register;

/// <summary>Registers and groups of all kinds among 2 to 7 machines, with or without a group server.</summary>
public sealed class RegisterLayer : ILayer
{
    /// <inheritdoc/>
    public string Name => "register";

    /// <inheritdoc/>
    public IReadOnlyList<string> Flaws { get; } =
        [.. Enum.GetValues<RegisterFlaw>().Where(f => f != RegisterFlaw.None).Select(f => f.ToString())];

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var choice = new Random(seed);
        var world = new RegisterWorld(
            seed,
            choice.Next(2, 8),
            hasServer: choice.Next(2) == 0,
            flaw is null ? RegisterFlaw.None : Enum.Parse<RegisterFlaw>(flaw));
        var posts = new PostChecker(world);
        var scenario = new RegisterScenario(world, choice);
        world.Check(posts, new HistoryChecker(world), new OneGroupChecker(world), new EndChecker(world));
        scenario.Play();
        world.Conclude();
        scenario.Counts["posts delivered"] = posts.Delivered;
        return new RunOutcome(world.Violations, world.Simulator.Trace.Value, scenario.Counts);
    }
}
