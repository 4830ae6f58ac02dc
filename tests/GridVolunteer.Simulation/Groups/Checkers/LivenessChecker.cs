using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Groups.Checkers;

/// <summary>
/// No wedge while a majority lives: long after all is mended everybody who runs is in one view, which goes on; whoever
/// sent something has delivered it; and nothing is kept any more.
/// </summary>
internal sealed class LivenessChecker(GroupWorld world, ViewChecker views) : IGroupChecker
{
    /// <summary>True when too many of the last view have gone for anybody to decide what follows.</summary>
    public bool HasLostMajority { get; private set; }

    public void Observe(GroupProgram observer, GroupEvent happened)
    {
        var member = observer.Member.Self;
        if (happened is not GroupEvent.Excluded excluded || views.Find(excluded.View)?.RankOf(member) is null or < 0
            || views.Find(excluded.View - 1) is not { } before)
        {
            return;
        }

        // It is in the view, and could not get what it lacked of the one before.
        if (CanDecide(before))
        {
            world.Violate($"{member} had to give up on view {excluded.View}");
        }
    }

    public void Conclude()
    {
        if (views.Latest is not { } latest)
        {
            world.Violate("there never was a view");
            return;
        }

        var members = world.Running.Where(p => !p.HasLeft).ToArray();
        var voices = members.Count(p => latest.RankOf(p.Member.Self) >= 0) + Voice(latest);
        if (latest.Members.Count > 0 && voices < latest.Majority)
        {
            HasLostMajority = true;
            return;
        }

        foreach (var member in members)
        {
            Check(member, members);
        }
    }

    private bool CanDecide(View view) => view.Members.Count(IsUp) + Voice(view) >= view.Majority;

    private int Voice(View view) =>
        view.WitnessVotes && view.Witness is { } witness && world.IsWitnessUp(witness) ? 1 : 0;

    private bool IsUp(MemberLife member)
    {
        var machine = world.Network.Machines[SimulatedIds.MachineOf(member.Id)];
        return machine.IsUp && (ulong)machine.Boots == member.Life / GroupProgram.LivesPerBoot;
    }

    private void Check(GroupProgram program, GroupProgram[] members)
    {
        var (self, view) = (program.Member.Self, program.Member.View);
        if (view is null || program.Member.IsFrozen)
        {
            world.Violate($"{self} is {(view is null ? "in no view" : $"frozen in view {view.Number}")}");
            return;
        }

        if (!view.Members.ToHashSet().SetEquals(members.Select(m => m.Member.Self)))
        {
            world.Violate($"{self} is in view {view}, and {string.Join(' ', members.Select(m => m.Member.Self))} run");
        }

        if (program.Member.Kept > 0 || program.Member.Queued > 0)
        {
            world.Violate($"{self} keeps {program.Member.Kept} messages, and {program.Member.Queued} wait");
        }
    }
}
