using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Groups.Checkers;

/// <summary>One membership per view number; each member sees consecutive numbers, itself in each.</summary>
internal sealed class ViewChecker(GroupWorld world) : IGroupChecker
{
    private readonly Dictionary<ulong, View> _views = [];
    private readonly Dictionary<MemberLife, ulong> _last = [];

    /// <summary>The latest view anybody has installed.</summary>
    public View? Latest { get; private set; }

    /// <summary>A view, if anybody has installed it.</summary>
    public View? Find(ulong number) => _views.GetValueOrDefault(number);

    public void Observe(GroupProgram observer, GroupEvent happened)
    {
        if (happened is not GroupEvent.ViewInstalled { View: var view })
        {
            return;
        }

        var member = observer.Member.Self;
        if (_views.TryGetValue(view.Number, out var known))
        {
            if (!known.SameAs(view))
            {
                world.Violate($"view {view} is to others {known}");
            }
        }
        else
        {
            _views.Add(view.Number, view);
            Latest = Latest is null || view.Number > Latest.Number ? view : Latest;
        }

        if (view.RankOf(member) < 0)
        {
            world.Violate($"{member} installs view {view}, which it is not in");
        }

        if (_last.TryGetValue(member, out var last) && view.Number != last + 1)
        {
            world.Violate($"{member} goes from view {last} to {view.Number}");
        }

        _last[member] = view.Number;
    }
}
