using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// What is delivered was sent there, so, by that member, and comes once, in a view both are in; views are the same to
/// all and follow each other.
/// </summary>
internal sealed class OrderIntegrityChecker(OrderWorld world) : IOrderChecker
{
    private readonly HashSet<(Membership, int)> _delivered = [];
    private readonly Dictionary<(UInt128, ulong), View> _views = [];

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        switch (happened)
        {
            case OrderedEvent.Message delivered:
                Check(membership, delivered, message!);
                break;
            case OrderedEvent.ViewInstalled { View: var view } installed:
                if (!_views.TryAdd((installed.Group.Value, view.Number), view)
                    && !_views[(installed.Group.Value, view.Number)].SameAs(view))
                {
                    world.Violate($"view {view} of {installed.Group} is another to others");
                }

                if (membership.View is { } last && view.Number != last.Number + 1)
                {
                    world.Violate($"{membership.Member} goes from view {last.Number} to {view.Number}");
                }

                if (view.RankOf(membership.Member) < 0)
                {
                    world.Violate($"{membership.Member} is told view {view}, which it is not in");
                }

                break;
        }
    }

    private void Check(Membership membership, OrderedEvent.Message delivered, OrderMessage message)
    {
        if (!message.IsOf(delivered.Group, delivered.Sender) || message.Delivery != delivered.Delivery)
        {
            world.Violate($"{membership.Member} is told of {message} that {delivered.Sender} sent it");
        }

        if (!_delivered.Add((membership, message.Index)))
        {
            world.Violate($"{membership.Member} is told {message} twice");
        }

        if (membership.View is not { } view || view.Number != delivered.View || view.RankOf(delivered.Sender) < 0)
        {
            world.Violate($"{membership.Member} is told {message} of view {delivered.View} in {membership.View?.Number}");
        }
    }
}
