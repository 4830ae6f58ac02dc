using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Groups.Checkers;

/// <summary>
/// Integrity and FIFO without gap: what is delivered was sent by that member, once, in its order, in a view both are
/// in; and each message follows the one before, through all views both are in.
/// </summary>
internal sealed class FifoChecker(GroupWorld world) : IGroupChecker
{
    private readonly Dictionary<(MemberLife Receiver, MemberLife Sender), int> _last = [];
    private readonly Dictionary<MemberLife, View> _views = [];
    private readonly Dictionary<(MemberLife Receiver, MemberLife Sender), (ulong View, ulong Sequence)> _sequences = [];

    public void Observe(GroupProgram observer, GroupEvent happened)
    {
        var receiver = observer.Member.Self;
        if (happened is GroupEvent.ViewInstalled installed)
        {
            _views[receiver] = installed.View;
        }

        if (happened is not GroupEvent.Delivered delivered)
        {
            return;
        }

        var message = SentMessage.Of(delivered.Payload.Span);
        var key = (receiver, delivered.Sender);
        if (SimulatedIds.Of(message.Machine) != delivered.Sender.Id || message.Life != delivered.Sender.Life)
        {
            world.Violate($"{receiver} is told that {delivered.Sender} sent {message}");
        }

        if (!_views.TryGetValue(receiver, out var view) || view.Number != delivered.View
            || view.RankOf(delivered.Sender) < 0)
        {
            world.Violate($"{receiver} delivers {message} of view {delivered.View} in {view?.Number}");
        }

        if (_last.TryGetValue(key, out var last) && message.Count != last + 1)
        {
            world.Violate($"{receiver} delivers {message} after {last}");
        }

        var expected = _sequences.TryGetValue(key, out var s) && s.View == delivered.View ? s.Sequence + 1 : 1;
        if (delivered.Sequence != expected)
        {
            world.Violate($"{receiver} delivers number {delivered.Sequence} of {delivered.Sender}, not {expected}");
        }

        _last[key] = message.Count;
        _sequences[key] = (delivered.View, delivered.Sequence);
    }
}
