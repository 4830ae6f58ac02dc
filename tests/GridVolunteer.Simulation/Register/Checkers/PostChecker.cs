using GridVolunteer.Groups;
using GridVolunteer.Groups.Register;
using GridVolunteer.Simulation.Groups;

namespace GridVolunteer.Simulation.Register.Checkers;

/// <summary>
/// A closed group never delivers what one that is no member has sent; an open one delivers it once to each member.
/// </summary>
internal sealed class PostChecker(RegisterWorld world) : IRegisterChecker
{
    private readonly HashSet<(RegisterProgram, Membership, SentMessage)> _seen = [];

    /// <summary>How many posts were delivered, at all members together.</summary>
    public long Delivered { get; private set; }

    public void Deliver(RegisterProgram observer, GroupId group, OpenedMessage message)
    {
        var membership = observer.Memberships[group];
        var sent = SentMessage.Of(message.Payload.Span);
        var isPost = message.Payload.Length == SentMessage.SizeBytes + 2;
        Delivered += isPost ? 1 : 0;
        if (isPost && membership.Entry.Kind == GroupKind.Closed)
        {
            world.Violate($"{observer.Machine.Number} delivers {sent} in a closed group, whose member it was not");
        }

        if (!_seen.Add((observer, membership, sent)))
        {
            world.Violate($"{observer.Machine.Number} delivers {sent} again");
        }
    }
}
