using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Campaigns;

namespace GridVolunteer.Simulation.Groups;

/// <summary>
/// A detector and a group in one program, with nobody to tell them the truth: partitions of 4 and 4 and of 5 and 3
/// that heal before and after the dead are buried, pauses, eight that join at once, restarts at the same address,
/// clocks of other rates.
/// </summary>
public sealed class MembersLayer : ILayer
{
    /// <inheritdoc/>
    public string Name => "members";

    /// <inheritdoc/>
    public IReadOnlyList<string> Flaws { get; } =
        [nameof(GroupFlaw.NoFreeze), nameof(GroupFlaw.NoMajority), nameof(GroupFlaw.NoRepair)];

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var choice = new Random(seed);
        var world = new GroupWorld(
            seed,
            MembersScenario.Size,
            hasWitness: choice.Next(2) == 0,
            new GroupOptions { TransfersState = choice.Next(2) == 0 },
            flaw is null ? GroupFlaw.None : Enum.Parse<GroupFlaw>(flaw))
        {
            HasDetectors = true,
        };
        var trial = new GroupTrial(world);
        var scenario = new MembersScenario(world, choice);
        scenario.Play();
        return trial.Conclude(scenario.Counts);
    }
}
