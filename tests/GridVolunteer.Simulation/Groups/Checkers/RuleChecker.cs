using GridVolunteer.Groups;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Groups.Checkers;

/// <summary>
/// A hierarchical group goes on as peers while its coordinator is lost, and under it again when it is back: long
/// after all is mended the last view says how it is, with the coordinator's vote in its present life. (That all are told
/// by the same view is the <see cref="ViewChecker"/>'s.)
/// </summary>
internal sealed class RuleChecker(GroupWorld world, ViewChecker views, LivenessChecker liveness) : IGroupChecker
{
    public void Observe(GroupProgram observer, GroupEvent happened)
    {
        if (happened is GroupEvent.ViewInstalled { View: { Rule: GroupRule.Hierarchical } view }
            && (world.Options.Rule == GroupRule.Peers || view.Coordinator != world.Witness?.Id))
        {
            world.Violate($"view {view.Number} has a coordinator {view.Coordinator}");
        }
    }

    public void Conclude()
    {
        if (world.Options.Rule == GroupRule.Peers || liveness.HasLostMajority
            || views.Latest is not { Members.Count: > 0 } latest)
        {
            return;
        }

        var isUp = world.Network.Machines[world.Size].IsUp;
        if (isUp != (latest.Rule == GroupRule.Hierarchical))
        {
            world.Violate($"view {latest.Number} is under {latest.Rule}; the coordinator is {(isUp ? "there" : "away")}");
        }

        if (isUp && !world.IsWitnessUp(latest.Witness!.Value))
        {
            world.Violate($"view {latest.Number} has {latest.Witness} vote, which is an earlier life");
        }
    }
}
