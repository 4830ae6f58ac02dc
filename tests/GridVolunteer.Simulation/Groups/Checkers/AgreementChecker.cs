using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Groups.Checkers;

/// <summary>
/// All who go on from one view to the next have delivered the same in it. And what was delivered anywhere as safe,
/// also to one that has crashed since, all of them have delivered.
/// </summary>
internal sealed class AgreementChecker(GroupWorld world) : IGroupChecker
{
    private readonly Dictionary<MemberLife, HashSet<SentMessage>> _inView = [];
    private readonly Dictionary<ulong, (MemberLife First, HashSet<SentMessage> Delivered)> _ended = [];
    private readonly Dictionary<ulong, HashSet<SentMessage>> _safe = [];

    public void Observe(GroupProgram observer, GroupEvent happened)
    {
        var member = observer.Member.Self;
        switch (happened)
        {
            case GroupEvent.Delivered delivered:
                var message = SentMessage.Of(delivered.Payload.Span);
                if (_inView.TryGetValue(member, out var soFar))
                {
                    soFar.Add(message);
                }

                if (delivered.IsSafe)
                {
                    SafeIn(delivered.View).Add(message);
                    if (_ended.TryGetValue(delivered.View, out var ended) && !ended.Delivered.Contains(message))
                    {
                        world.Violate($"{member} delivers {message} as safe, which those who went on have not");
                    }
                }

                break;
            case GroupEvent.ViewInstalled installed:
                if (_inView.Remove(member, out var before))
                {
                    End(member, installed.View.Number - 1, before);
                }

                _inView[member] = [];
                break;
        }
    }

    private void End(MemberLife member, ulong view, HashSet<SentMessage> delivered)
    {
        if (!_ended.TryAdd(view, (member, delivered)) && !_ended[view].Delivered.SetEquals(delivered))
        {
            var (first, others) = _ended[view];
            var difference = others.Except(delivered).Concat(delivered.Except(others)).First();
            world.Violate($"{member} and {first} go on from view {view}; only one has delivered {difference}");
        }

        if (SafeIn(view).Except(delivered).FirstOrDefault() is { Count: > 0 } missing)
        {
            world.Violate($"{member} goes on from view {view} without {missing}, which was safe somewhere");
        }
    }

    private HashSet<SentMessage> SafeIn(ulong view)
    {
        if (!_safe.TryGetValue(view, out var safe))
        {
            _safe.Add(view, safe = []);
        }

        return safe;
    }
}
