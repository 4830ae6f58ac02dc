using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// Whoever joins begins with the state all others have at that view: what was delivered, and in which order, is the
/// same at each view to all who go on.
/// </summary>
internal sealed class OrderStateChecker(OrderWorld world) : IOrderChecker
{
    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        if (happened is OrderedEvent.ViewInstalled installed)
        {
            membership.Histories.Add((installed.View.Number, membership.History, membership.Agreed));
        }
    }

    public void Conclude()
    {
        if (!world.Options.TransfersState)
        {
            return;
        }

        Dictionary<(UInt128, ulong), (ulong History, Membership By)> known = [];
        foreach (var membership in world.Memberships.Where(m => !m.IsBlank))
        {
            foreach (var (view, history, agreed) in membership.Histories)
            {
                if (membership.HasEnded && agreed >= membership.Agreed)
                {
                    continue;
                }

                var key = (membership.Group.Value, view);
                if (!known.TryAdd(key, (history, membership)) && known[key].History != history)
                {
                    world.Violate($"{membership.Member} and {known[key].By.Member} begin view {view} of "
                        + $"{OrderWorld.NumberOf(membership.Group)} with different histories");
                    return;
                }
            }
        }
    }
}
