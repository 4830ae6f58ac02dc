using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// Each process is told time-stamped messages in the order of their stamps, in all its groups; a stamp is the true time
/// of sending within its bound, and greater than all that its sender had seen.
/// </summary>
internal sealed class TimeStampChecker(OrderWorld world) : IOrderChecker
{
    private readonly Dictionary<(int, int), DateTimeOffset> _last = [];

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        if (happened is not OrderedEvent.Message { Time: { } stamp } || message is null)
        {
            return;
        }

        if (_last.TryGetValue(membership.Boot, out var last) && stamp.Time < last)
        {
            world.Violate($"{membership.Member} is told {message} of {stamp.Time:O} after {last:O}");
        }

        _last[membership.Boot] = stamp.Time;
        var error = (stamp.Time - (OrderWorld.TimeAtZero + message.At)).Duration();
        if (error > stamp.Epsilon)
        {
            world.Violate($"{message} is stamped {error.TotalMilliseconds} ms off, bound {stamp.Epsilon.TotalMilliseconds}");
        }

        if (stamp.Time <= message.StampBefore)
        {
            world.Violate($"{message} is stamped {stamp.Time:O}, and follows what was stamped {message.StampBefore:O}");
        }
    }
}
