using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Campaigns;
using GridVolunteer.Simulation.Groups.Checkers;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Groups;

/// <summary>
/// A sender dies while it sends, so that only some hold its last message; then, in two of three runs, the leader dies
/// while it commits what follows, and in half of those whoever has heard the decision cannot pass it on for a while.
/// All or none of those who go on may have the message, and what was decided stays so.
/// </summary>
public sealed class HolderLayer : ILayer
{
    private static readonly TimeSpan Forming = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Mended = TimeSpan.FromSeconds(45);

    /// <inheritdoc/>
    public string Name => "holders";

    /// <inheritdoc/>
    public IReadOnlyList<string> Flaws { get; } = [.. Caught.Select(f => f.ToString())];

    /// <summary>Mistakes that show here, and elsewhere hardly ever.</summary>
    internal static IReadOnlyList<GroupFlaw> Caught { get; } =
        [GroupFlaw.NoFetch, GroupFlaw.AcceptBeforeHold, GroupFlaw.AcceptedNotAdopted];

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var choice = new Random(seed);
        var size = choice.Next(5, 9);
        var world = new GroupWorld(
            seed,
            size,
            hasWitness: choice.Next(2) == 0,
            new GroupOptions { TransfersState = true },
            flaw is null ? GroupFlaw.None : Enum.Parse<GroupFlaw>(flaw));
        var trial = new GroupTrial(world);
        world.Check(new GivingUpChecker(world));
        world.Network.Conditions = new LinkConditions { Loss = choice.Next(2) * 0.15 };
        for (var n = 0; n < size; n++)
        {
            var machine = n;
            world.Simulator.After(
                TimeSpan.FromSeconds(0.4 * n), () => world.Start(machine, creates: machine == 0));
        }

        world.Simulator.RunUntil(Forming);
        var sender = world.ProgramOf(1 + choice.Next(size - 1))!;
        PlanDeaths(world, choice, sender.Machine.Number);
        for (var i = 0; i < 5; i++)
        {
            sender.Machine.Do(now => sender.Send(isSafe: choice.Next(3) == 0, padding: 0, now));
        }

        world.Simulator.RunUntil(Forming + TimeSpan.FromSeconds(10));
        world.Network.OnSend = null;
        world.Network.Conditions = LinkConditions.Calm;
        world.Network.Heal();
        world.TellTruth();
        world.Simulator.RunUntil(Forming + Mended);
        return trial.Conclude(new() { ["leaders that died"] = world.Network.Machines[0].IsUp ? 0 : 1 });
    }

    private static void PlanDeaths(GroupWorld world, Random choice, int sender)
    {
        var sends = ((world.Size - 1) * choice.Next(1, 5)) + choice.Next(1, world.Size - 1);
        var leader = choice.Next(3);
        var commits = leader == 0 ? int.MaxValue : leader == 1 ? choice.Next(1, world.Size - 1) : choice.Next(1, 3);
        List<int> told = [];
        world.Network.OnSend = (from, to, bytes) =>
        {
            if (from == sender && bytes.Span[0] == (byte)GroupMessage.Data && sends-- == 0)
            {
                world.Crash(sender);
            }
            else if (from == 0 && bytes.Span[0] == (byte)GroupMessage.Commit)
            {
                if (commits-- == 0)
                {
                    world.Crash(from);
                    (leader == 2 ? told : []).ForEach(machine => CutOff(world, machine));
                }

                told.Add(to);
            }
        };
    }

    private static void CutOff(GroupWorld world, int machine)
    {
        for (var other = 0; other < world.Size; other++)
        {
            world.Network.Cut(machine, other);
        }

        // Where the others are too few to go on they wait for it.
        world.TellAll(machine, isFailed: true, () => !world.Network.Passes(machine, (machine + 1) % world.Size));
    }
}
