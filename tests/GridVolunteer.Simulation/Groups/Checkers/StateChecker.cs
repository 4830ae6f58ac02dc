using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Groups.Checkers;

/// <summary>
/// Whoever joins begins with the state all others have at that view: everybody's history is the same at each view.
/// </summary>
internal sealed class StateChecker(GroupWorld world) : IGroupChecker
{
    private readonly Dictionary<ulong, ulong> _histories = [];
    private readonly HashSet<MemberLife> _begunBlank = [];

    public void Observe(GroupProgram observer, GroupEvent happened)
    {
        if (happened is not GroupEvent.ViewInstalled installed || !world.Options.TransfersState)
        {
            return;
        }

        var member = observer.Member.Self;
        var isFirst = installed.Joined.Contains(member);
        if ((isFirst && installed.State is null && installed.View.Number > 1) || _begunBlank.Contains(member))
        {
            // All who had the state were gone before it came.
            _begunBlank.Add(member);
            return;
        }

        if (!_histories.TryAdd(installed.View.Number, observer.History)
            && _histories[installed.View.Number] != observer.History)
        {
            world.Violate($"{member} begins view {installed.View.Number} with another history than others");
        }
    }
}
