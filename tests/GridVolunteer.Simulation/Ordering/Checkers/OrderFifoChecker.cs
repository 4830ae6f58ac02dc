using GridVolunteer.Groups;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// Each sender's messages of a level come in its order and without gap, through all views that sender and receiver are
/// in; what needs no place in the order comes in one row.
/// </summary>
internal sealed class OrderFifoChecker(OrderWorld world) : IOrderChecker
{
    private readonly Dictionary<int, int> _numbers = [];
    private readonly Dictionary<(MemberLife, GroupId, FrameKind), int> _counts = [];
    private readonly Dictionary<(Membership, MemberLife, FrameKind), int> _last = [];

    public void Send(OrderMessage sent)
    {
        var row = (sent.Sender, sent.Group, Frame.KindOf(sent.Delivery));
        _numbers[sent.Index] = _counts[row] = _counts.GetValueOrDefault(row) + 1;
    }

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        if (message is null)
        {
            return;
        }

        var row = (membership, message.Sender, Frame.KindOf(message.Delivery));
        var number = _numbers[message.Index];
        if (_last.TryGetValue(row, out var last) && number != last + 1)
        {
            world.Violate($"{membership.Member} is told {message}, number {number} of its row, after {last}");
        }

        _last[row] = number;
    }
}
