using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Campaigns;
using GridVolunteer.Simulation.Ordering.Checkers;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>Messages of all levels among 8 machines in 4 groups that overlap.</summary>
public class OrderLayer : ILayer
{
    private const int Machines = 8;
    private const int Groups = 4;

    /// <inheritdoc/>
    public virtual string Name => "order";

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Flaws { get; } =
        [.. Enum.GetValues<OrderFlaw>().Where(f => f < OrderFlaw.JointAlone && f != OrderFlaw.None).Select(f => f.ToString())];

    /// <summary>True when one more machine serves the time.</summary>
    private protected virtual bool HasTime => false;

    /// <summary>True when messages go to several groups at once.</summary>
    private protected virtual bool IsJoint => false;

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var choice = new Random(seed);
        var options = new GroupOptions
        {
            TransfersState = choice.Next(2) == 0,
            WindowMessages = choice.Next(4) == 0 ? 8 : 256,
        };
        var ordering = new OrderingOptions
        {
            BatchDelay = TimeSpan.FromMilliseconds(choice.Next(3) == 0 ? 20 : choice.Next(3)),
            BatchSizeBytesMax = choice.Next(3) == 0 ? 1_024 : 32_768,
        };
        if (IsJoint && seed % 4 == 1)
        {
            // So little that members are full again and again.
            ordering = ordering with { BacklogSizeBytesMax = 4_096 };
        }

        var world = new OrderWorld(
            seed, Machines, DrawGroups(choice), options, ordering, flaw is null ? OrderFlaw.None : Enum.Parse<OrderFlaw>(flaw), HasTime);
        Watch(world);
        var scenario = new OrderScenario(world, choice, DrawDeliveries(choice), IsJoint);
        scenario.Play();
        world.Conclude();
        return new RunOutcome(world.Violations, world.Simulator.Trace.Value, scenario.Counts);
    }

    /// <summary>Has everything that must hold checked.</summary>
    internal static void Watch(OrderWorld world) => world.Check(
        new OrderIntegrityChecker(world),
        new OrderAgreementChecker(world),
        new OrderFifoChecker(world),
        new OrderCausalChecker(world),
        new TotalOrderChecker(world),
        new OrderStateChecker(world),
        new TimeStampChecker(world),
        new JointChecker(world),
        new OrderLivenessChecker(world));

    /// <summary>Each group shares members with the next.</summary>
    private static int[][] DrawGroups(Random choice)
    {
        var groups = new int[Groups][];
        for (var g = 0; g < Groups; g++)
        {
            var members = Enumerable.Range(0, Machines).ToArray();
            choice.Shuffle(members);
            var shared = g == 0 ? [] : groups[g - 1].Take(2);
            groups[g] = [.. shared.Concat(members).Distinct().Take(choice.Next(3, 6))];
            choice.Shuffle(groups[g]);
        }

        return groups;
    }

    /// <summary>Which levels are used.</summary>
    private protected virtual Delivery[] DrawDeliveries(Random choice) => choice.Next(4) switch
    {
        0 => [Delivery.Total],
        1 => [Delivery.Total, Delivery.Total | Delivery.Safe],
        2 => [Delivery.Causal, Delivery.Fifo, Delivery.Causal | Delivery.Safe, Delivery.Fifo | Delivery.Safe],
        _ =>
        [
            Delivery.Total, Delivery.Total | Delivery.Safe, Delivery.Causal, Delivery.Fifo, Delivery.Unordered,
            Delivery.Fifo | Delivery.Safe, Delivery.Causal | Delivery.Safe,
        ],
    };
}
