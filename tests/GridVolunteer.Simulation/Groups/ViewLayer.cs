using GridVolunteer.Groups;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Campaigns;

namespace GridVolunteer.Simulation.Groups;

/// <summary>Views and reliable multicast among 2 to 9 machines, with or without a witness.</summary>
public sealed class ViewLayer : ILayer
{
    /// <inheritdoc/>
    public string Name => "views";

    /// <inheritdoc/>
    public IReadOnlyList<string> Flaws { get; } =
        [.. Enum.GetValues<GroupFlaw>().Except([GroupFlaw.None, .. HolderLayer.Caught]).Select(f => f.ToString())];

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var choice = new Random(seed);
        var options = new GroupOptions
        {
            TransfersState = choice.Next(2) == 0,
            WindowMessages = choice.Next(3) == 0 ? 4 : 256,
        };
        var hasWitness = choice.Next(2) == 0;
        var world = new GroupWorld(
            seed,
            choice.Next(2, 10),
            hasWitness,
            hasWitness && choice.Next(2) == 0 ? options with { Rule = GroupRule.Hierarchical } : options,
            flaw is null ? GroupFlaw.None : Enum.Parse<GroupFlaw>(flaw));
        var trial = new GroupTrial(world);
        var scenario = new ViewScenario(world, choice);
        scenario.Play();
        return trial.Conclude(scenario.Counts);
    }
}
