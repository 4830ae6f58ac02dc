using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering.Checkers;

/// <summary>
/// Long after all is mended everybody is in the views it should be in, was told what it has sent, and keeps nothing.
/// </summary>
internal sealed class OrderLivenessChecker(OrderWorld world) : IOrderChecker
{
    private readonly HashSet<(Membership, int)> _delivered = [];

    public void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
        if (message is not null && message.IsOf(membership.Group, membership.Member))
        {
            _delivered.Add((membership, message.Index));
        }
    }

    public void Conclude()
    {
        for (var machine = 0; machine < world.Size; machine++)
        {
            if (world.ProgramOf(machine) is not { } program)
            {
                continue;
            }

            foreach (var group in program.Wanted)
            {
                Check(program, group);
            }

            if (program.Ordered.Kept > 0)
            {
                world.Violate($"machine {machine} keeps {program.Ordered.Kept}");
            }
        }

        foreach (var message in world.Sent)
        {
            if (!world.MayBeVoid(message) && message.Copies.Any(c =>
                world.MembershipOf(c.Group, c.Sender) is { HasEnded: false } sender
                && !_delivered.Contains((sender, message.Index))))
            {
                world.Violate($"{message} was not told to its own sender");
                return;
            }
        }
    }

    private void Check(OrderProgram program, int group)
    {
        var expected = Enumerable.Range(0, world.Size)
            .Select(world.ProgramOf)
            .Where(p => p is not null && p.Wanted.Contains(group))
            .Select(p => p!.Ordered.MemberOf(OrderWorld.Id(group)))
            .ToHashSet();
        if (program.Ordered.ViewOf(OrderWorld.Id(group)) is not { } view)
        {
            world.Violate($"machine {program.Machine.Number} is in no view of group {group}; agreed on is {program.AgreedView(group)}");
        }
        else if (!expected.SetEquals(view.Members.Select(m => (GridVolunteer.Groups.Views.MemberLife?)m)))
        {
            world.Violate($"machine {program.Machine.Number} is in view {view} of group {group}");
        }
    }
}
