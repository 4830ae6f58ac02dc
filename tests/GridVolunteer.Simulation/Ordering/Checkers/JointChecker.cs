using GridVolunteer.Groups;
using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// A joint message has one place in all its groups, and is told in all of them or in none: to all who have been there since
/// before it was sent.
/// </summary>
internal sealed class JointChecker(OrderWorld world) : IOrderChecker
{
    private readonly Dictionary<(int Index, GroupId Group), Dictionary<Membership, OrderStamp?>> _told = [];
    private readonly Dictionary<Membership, TimeSpan> _since = [];

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        if (happened is OrderedEvent.ViewInstalled)
        {
            _since.TryAdd(membership, world.Simulator.Now);
        }
        else if (message?.IsJoint == true)
        {
            var key = (message.Index, membership.Group);
            if (!_told.TryGetValue(key, out var told))
            {
                _told.Add(key, told = []);
            }

            told[membership] = ((OrderedEvent.Message)happened).Order;
        }
    }

    public void Conclude()
    {
        foreach (var message in world.Sent.Where(m => m.IsJoint))
        {
            OrderStamp? place = null;
            foreach (var told in message.Copies.SelectMany(c => ToldIn(message, c.Group)))
            {
                place ??= told.Value;
                if (told.Value != place)
                {
                    world.Violate($"{message} stands at {place}, to {told.Key.Member} at {told.Value}");
                    return;
                }
            }

            if (place is null || world.JointsGivenUp > 0)
            {
                continue;
            }

            foreach (var (group, _) in message.Copies)
            {
                var told = ToldIn(message, group).Select(t => t.Key).ToHashSet();
                var missing = world.Memberships.Find(m => m.Group == group && !m.HasEnded && !told.Contains(m)
                    && _since.TryGetValue(m, out var since) && since < message.At);
                if (missing is not null)
                {
                    world.Violate($"{message} was told in a group, and not to {missing.Member} in {OrderWorld.NumberOf(group)}");
                    return;
                }
            }
        }
    }

    private IEnumerable<KeyValuePair<Membership, OrderStamp?>> ToldIn(OrderMessage message, GroupId group) =>
        _told.GetValueOrDefault((message.Index, group), []).Where(t => !t.Key.HasEnded);
}
