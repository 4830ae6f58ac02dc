using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Groups.Checkers;

/// <summary>
/// What is decided begins somewhere: a majority never gives up on a view that none of it could begin. For runs in
/// which nobody is thought dead who is not.
/// </summary>
internal sealed class GivingUpChecker(GroupWorld world) : IGroupChecker
{
    private readonly Dictionary<ulong, View> _views = [];
    private readonly Dictionary<ulong, int> _gaveUp = [];

    public void Observe(GroupProgram observer, GroupEvent happened)
    {
        switch (happened)
        {
            case GroupEvent.ViewInstalled installed:
                _views[installed.View.Number] = installed.View;
                break;
            case GroupEvent.Excluded excluded:
                _gaveUp[excluded.View] = _gaveUp.GetValueOrDefault(excluded.View) + 1;
                break;
        }
    }

    public void Conclude()
    {
        foreach (var (number, members) in _gaveUp.Where(g => !_views.ContainsKey(g.Key)))
        {
            var living = _views[number - 1].Ids.Count(id => world.Network.Machines[SimulatedIds.MachineOf(id)].IsUp);
            if (members == living && living > _views[number - 1].Members.Count / 2)
            {
                world.Violate($"all {members} that live gave up on view {number}, which nobody ever began");
            }
        }
    }
}
