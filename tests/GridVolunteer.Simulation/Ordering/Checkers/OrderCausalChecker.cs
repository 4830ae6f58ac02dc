using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// No causal message comes after one that follows it, in whatever groups the two were sent; but for what somebody who
/// was excluded from its group cannot know any more.
/// </summary>
internal sealed class OrderCausalChecker(OrderWorld world) : IOrderChecker
{
    private readonly Dictionary<(int, int), CausalHistory> _histories = [];
    private readonly Dictionary<(int, int), List<OrderMessage>> _told = [];

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        if (message?.Delivery.Level() != Delivery.Causal)
        {
            return;
        }

        if (!_histories.TryGetValue(membership.Boot, out var followed))
        {
            _histories.Add(membership.Boot, followed = new CausalHistory());
            _told.Add(membership.Boot, []);
        }

        if (followed.Has(message.Index) && !world.Severed.Contains(message.Index))
        {
            var follower = _told[membership.Boot].Find(m => CausalHistory.Has(m.Follows, message.Index));
            world.Violate($"{membership.Member} is told {message} after {follower}, which follows it");
        }

        // Only what the message follows: then nothing of that may come any more.
        followed.AddFollowed(message);
        _told[membership.Boot].Add(message);
    }
}
