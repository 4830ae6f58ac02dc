using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// Within a group all are told what is in total order in the same order, views included; over all groups those orders
/// fit together: what all processes saw, laid over each other, has no cycle. Of those who crashed or were excluded that
/// counts which is sure: up to the last that was safe.
/// </summary>
internal sealed class TotalOrderChecker(OrderWorld world) : IOrderChecker
{
    private readonly Dictionary<(int, int), List<(Membership Membership, int Place, string Name, OrderStamp? Order)>> _seen = [];

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        var name = happened switch
        {
            OrderedEvent.Message m when m.Delivery.Level() == Delivery.Total => $"m{message!.Index}",
            OrderedEvent.ViewInstalled v => $"v{v.View.Number} of {OrderWorld.NumberOf(v.Group)}",
            _ => null,
        };
        if (name is null)
        {
            return;
        }

        membership.Note(happened, name, membership.Agreed);
        if (!_seen.TryGetValue(membership.Boot, out var seen))
        {
            _seen.Add(membership.Boot, seen = []);
        }

        var order = (happened as OrderedEvent.Message)?.Order;
        seen.Add((membership, membership.Ordered.Count - 1, name, order));
    }

    public void Conclude()
    {
        foreach (var group in world.Memberships.GroupBy(m => m.Group))
        {
            CheckGroup([.. group]);
        }

        CheckCycles();
    }

    private void CheckGroup(Membership[] memberships)
    {
        Dictionary<string, (string Next, Membership By)> followers = [];
        foreach (var membership in memberships)
        {
            for (var i = 1; i < membership.Sure; i++)
            {
                var (name, next) = (membership.Ordered[i - 1].Name, membership.Ordered[i].Name);
                if (!followers.TryAdd(name, (next, membership)) && followers[name].Next != next)
                {
                    world.Violate($"to {membership.Member} {name} is followed by {next}, "
                        + $"to {followers[name].By.Member} by {followers[name].Next}");
                    return;
                }
            }
        }
    }

    private void CheckCycles()
    {
        Dictionary<string, HashSet<string>> after = [];
        Dictionary<string, int> before = [];
        foreach (var seen in _seen.Values)
        {
            string? last = null;
            Dictionary<string, int> first = [];
            for (var i = 0; i < seen.Count; i++)
            {
                var (membership, place, name, order) = seen[i];
                if (place >= membership.Sure)
                {
                    continue;
                }

                if (!first.TryAdd(name, i))
                {
                    // What goes to two groups of a process is told to it twice, in one place, which it has in common with what
                    // travelled with it.
                    if (seen.GetRange(first[name], i - first[name]).Exists(s => s.Order != order && s.Place < s.Membership.Sure))
                    {
                        world.Violate($"{membership.Member} is told {name} in two places");
                    }

                    continue;
                }

                before.TryAdd(name, 0);
                if (last is not null && Followers(after, last).Add(name))
                {
                    before[name]++;
                }

                last = name;
            }
        }

        var free = new Queue<string>(before.Where(b => b.Value == 0).Select(b => b.Key));
        var left = before.Count;
        while (free.TryDequeue(out var name))
        {
            left--;
            foreach (var next in Followers(after, name))
            {
                if (--before[next] == 0)
                {
                    free.Enqueue(next);
                }
            }
        }

        if (left > 0)
        {
            world.Violate("what processes saw goes in a circle: "
                + string.Join(" ", before.Where(b => b.Value > 0).Select(b => b.Key).Take(8)));
        }
    }

    private static HashSet<string> Followers(Dictionary<string, HashSet<string>> after, string name)
    {
        if (!after.TryGetValue(name, out var followers))
        {
            after.Add(name, followers = []);
        }

        return followers;
    }
}
