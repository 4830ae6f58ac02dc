using GridVolunteer.Groups;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Register.Checkers;

/// <summary>
/// All members of a group have the same history at each of its views, posts included, and at the end; and each view is the
/// same to all, with the rule in it.
/// </summary>
internal sealed class HistoryChecker(RegisterWorld world) : IRegisterChecker
{
    private readonly Dictionary<(GroupId, ulong), (View View, ulong? History)> _views = [];

    public void Observe(RegisterProgram observer, GroupId group, GroupEvent happened)
    {
        if (happened is not GroupEvent.ViewInstalled { View: var view })
        {
            return;
        }

        var membership = observer.Memberships[group];
        // One that got no state, since all who had it were gone, has no history to compare.
        ulong? history = membership.HasHistory ? membership.History : null;
        if (!_views.TryGetValue((group, view.Number), out var known))
        {
            _views.Add((group, view.Number), (view, history));
            return;
        }

        if (!known.View.SameAs(view))
        {
            world.Violate($"view {view} of {group} is to others {known.View}");
        }

        if (known.History is { } before && history is { } now && before != now)
        {
            world.Violate($"{observer.Machine.Number} begins view {view.Number} of {group} with another history");
        }

        _views[(group, view.Number)] = (view, known.History ?? history);
    }

    public void Conclude()
    {
        var groups = world.Running.SelectMany(p => p.Memberships.Values)
            .Where(m => m.HasHistory && m.Member.View is not null)
            .GroupBy(m => (m.Entry.Id, m.Member.View!.Number));
        foreach (var group in groups.Where(g => g.Select(m => m.History).Distinct().Count() > 1))
        {
            world.Violate($"in the end members of {group.Key} have different histories");
        }
    }
}
