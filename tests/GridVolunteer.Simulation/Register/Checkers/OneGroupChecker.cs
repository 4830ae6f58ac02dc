using GridVolunteer.Groups;

namespace GridVolunteer.Simulation.Register.Checkers;

/// <summary>
/// In the end there is one group of each name, whose one view has all who want to be in it; and it is under its
/// coordinator exactly when that is there.
/// </summary>
internal sealed class OneGroupChecker(RegisterWorld world) : IRegisterChecker
{
    public void Conclude()
    {
        var names = world.Running.SelectMany(p => p.Wants.Keys).Distinct();
        foreach (var name in names)
        {
            var wanting = world.Running.Where(p => p.Wants.ContainsKey(name)).ToArray();
            var memberships = wanting.SelectMany(p => p.Memberships.Values.Where(m => m.Entry.Name == name)).ToArray();
            if (wanting[0].Wants[name].Rule == GroupRule.Hierarchical && world.Server is null
                && memberships.All(m => m.Member.View is null))
            {
                // Nobody is left who could let anybody in.
                continue;
            }

            if (memberships.Length < wanting.Length || memberships.Any(m => m.Member.View is null))
            {
                world.Violate($"of {wanting.Length} who want {name} not all are in a group: "
                    + string.Join(' ', memberships.Select(m => $"{m.Entry.Id.ToString()[..6]}:{m.Member.View?.Number}")));
                continue;
            }

            CheckViews(name, memberships);
        }
    }

    private void CheckViews(string name, Membership[] memberships)
    {
        var groups = memberships.Select(m => m.Entry.Id).Distinct().ToArray();
        if (groups.Length > 1)
        {
            world.Violate($"{groups.Length} groups are called {name}");
            return;
        }

        var first = memberships[0].Member.View!;
        if (memberships.Any(m => m.Member.IsFrozen || !m.Member.View!.SameAs(first))
            || first.Members.Count != memberships.Length)
        {
            var views = memberships.Select(m => $"{m.Member.View}{(m.Member.IsFrozen ? " frozen" : "")}");
            world.Violate($"{memberships.Length} in {name} have views {string.Join("; ", views)}");
        }

        var due = first.Coordinator is not null && world.Server is not null ? GroupRule.Hierarchical : GroupRule.Peers;
        if (first.Rule != due)
        {
            world.Violate($"{name} is under {first.Rule}; the server is {(world.Server is null ? "away" : "there")}");
        }
    }
}
