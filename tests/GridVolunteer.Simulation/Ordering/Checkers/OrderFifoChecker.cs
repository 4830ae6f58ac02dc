using GridVolunteer.Groups;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// Each sender's messages of a level come in its order and without gap, through all views that sender and receiver are
/// in; what needs no place in the order comes in one row. Only a joint message that came to nothing may be missing.
/// </summary>
internal sealed class OrderFifoChecker(OrderWorld world) : IOrderChecker
{
    private readonly Dictionary<(int, GroupId), int> _numbers = [];
    private readonly Dictionary<(MemberLife, GroupId, FrameKind), List<OrderMessage>> _rows = [];
    private readonly List<(Membership Membership, OrderMessage Message)> _skipped = [];
    private readonly Dictionary<(Membership, MemberLife, FrameKind), int> _last = [];

    public void Send(OrderMessage sent)
    {
        foreach (var (group, sender) in sent.Copies)
        {
            var row = (sender, group, Frame.KindOf(sent.Delivery));
            if (!_rows.TryGetValue(row, out var all))
            {
                _rows.Add(row, all = []);
            }

            all.Add(sent);
            _numbers[(sent.Index, group)] = all.Count;
        }
    }

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        if (message is null)
        {
            return;
        }

        var sender = ((OrderedEvent.Message)happened).Sender;
        var row = (membership, sender, Frame.KindOf(message.Delivery));
        var number = _numbers[(message.Index, membership.Group)];
        if (_last.TryGetValue(row, out var last) && number != last + 1)
        {
            var all = _rows[(sender, membership.Group, row.Item3)];
            if (number <= last || all.GetRange(last, number - last - 1).Exists(m => !m.IsJoint))
            {
                world.Violate($"{membership.Member} is told {message}, number {number} of its row, after {last}");
            }
            else
            {
                _skipped.AddRange(all.GetRange(last, number - last - 1).Select(m => (membership, m)));
            }
        }

        _last[row] = number;
    }

    public void Conclude()
    {
        foreach (var (membership, message) in _skipped.Where(s => !world.MayBeVoid(s.Message)))
        {
            world.Violate($"{membership.Member} was not told {message}, but what its sender sent after it");
        }
    }
}
