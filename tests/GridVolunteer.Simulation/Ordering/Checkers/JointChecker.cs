using GridVolunteer.Groups;
using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// A joint message has one place in all its groups, also to those who have gone since. Once one has been told it, also one
/// that is gone, all in all its groups are, but for those who joined later; one that was given up somewhere may be missing if
/// all who were told it are gone.
/// </summary>
internal sealed class JointChecker(OrderWorld world) : IOrderChecker
{
    private readonly Dictionary<(int Index, GroupId Group), Dictionary<Membership, OrderedEvent.Message>> _told = [];
    private readonly Dictionary<Membership, (ulong View, TimeSpan At)> _first = [];

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        if (happened is OrderedEvent.ViewInstalled installed)
        {
            _first.TryAdd(membership, (installed.View.Number, world.Simulator.Now));
        }
        else if (message?.IsJoint == true)
        {
            var key = (message.Index, membership.Group);
            if (!_told.TryGetValue(key, out var told))
            {
                _told.Add(key, told = []);
            }

            told[membership] = (OrderedEvent.Message)happened;
        }
    }

    public void Conclude()
    {
        foreach (var message in world.Sent.Where(m => m.IsJoint))
        {
            var all = message.Copies.SelectMany(c => _told.GetValueOrDefault((message.Index, c.Group), [])).ToArray();
            if (all.Length == 0)
            {
                continue;
            }

            var (first, place) = (all[0].Key, all[0].Value.Order);
            if (Array.FindIndex(all, t => t.Value.Order != place) is >= 0 and var other)
            {
                world.Violate($"{message} stands at {place} to {first.Member}, at {all[other].Value.Order} to {all[other].Key.Member}");
                return;
            }

            var isExcused = world.GivenUp.Contains(message.Index) && Array.TrueForAll(all, t => t.Key.HasEnded);
            foreach (var (group, _) in message.Copies)
            {
                if (!isExcused && FindMissing(message, group) is { } missing)
                {
                    world.Violate(
                        $"{message} was told to {first.Member}, and not to {missing.Member} in {OrderWorld.NumberOf(group)}");
                    return;
                }
            }
        }
    }

    /// <summary>One that is in the group and should have been told.</summary>
    private Membership? FindMissing(OrderMessage message, GroupId group)
    {
        var told = _told.GetValueOrDefault((message.Index, group), []);
        var view = told.Count > 0 ? told.Values.First().View : 0;
        return world.Memberships.Find(m => m.Group == group && !m.HasEnded && !told.ContainsKey(m)
            && _first.TryGetValue(m, out var first) && (view > 0 ? first.View <= view : first.At < message.At));
    }
}
