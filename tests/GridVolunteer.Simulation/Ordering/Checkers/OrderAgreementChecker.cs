using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// All who go on from one view to the next have been told the same messages in it; and what was told anywhere as safe,
/// also to one that has crashed since, all of them have been told.
/// </summary>
internal sealed class OrderAgreementChecker(OrderWorld world) : IOrderChecker
{
    private readonly Dictionary<Membership, HashSet<int>> _inView = [];
    private readonly Dictionary<(UInt128, ulong), (Membership First, HashSet<int> Delivered)> _ended = [];
    private readonly Dictionary<(UInt128, ulong), HashSet<int>> _safe = [];

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        switch (happened)
        {
            case OrderedEvent.Message delivered when _inView.TryGetValue(membership, out var soFar):
                soFar.Add(message!.Index);
                if (delivered.Delivery.IsSafe())
                {
                    NoteSafe(membership, (delivered.Group.Value, delivered.View), message);
                }

                break;
            case OrderedEvent.ViewInstalled installed:
                if (_inView.TryGetValue(membership, out var before))
                {
                    End(membership, (installed.Group.Value, installed.View.Number - 1), before);
                }

                _inView[membership] = [];
                break;
        }
    }

    private void NoteSafe(Membership membership, (UInt128, ulong) view, OrderMessage message)
    {
        SafeIn(view).Add(message.Index);
        if (_ended.TryGetValue(view, out var ended) && !ended.Delivered.Contains(message.Index))
        {
            world.Violate($"{membership.Member} is told {message} as safe, which those who went on were not");
        }
    }

    private void End(Membership membership, (UInt128, ulong View) view, HashSet<int> delivered)
    {
        if (!_ended.TryAdd(view, (membership, delivered)) && !_ended[view].Delivered.SetEquals(delivered))
        {
            var (first, others) = _ended[view];
            var difference = world.Sent[others.Except(delivered).Concat(delivered.Except(others)).First()];
            world.Violate(
                $"{membership.Member} and {first.Member} go on from view {view.View}; only one was told {difference}");
        }

        foreach (var missing in SafeIn(view).Except(delivered))
        {
            world.Violate(
                $"{membership.Member} goes on from view {view.View} without {world.Sent[missing]}, safe somewhere");
        }
    }

    private HashSet<int> SafeIn((UInt128, ulong) view)
    {
        if (!_safe.TryGetValue(view, out var safe))
        {
            _safe.Add(view, safe = []);
        }

        return safe;
    }
}
