using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>As <see cref="OrderLayer"/>, with most messages going to two or three groups at once.</summary>
public sealed class JointLayer : OrderLayer
{
    /// <inheritdoc/>
    public override string Name => "joint";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Flaws { get; } =
    [
        nameof(OrderFlaw.JointAlone), nameof(OrderFlaw.JointUnsure), nameof(OrderFlaw.JointLate), nameof(OrderFlaw.JointPipelined),
        nameof(OrderFlaw.JointDropped),
    ];

    private protected override bool HasTime => true;

    private protected override bool IsJoint => true;

    private protected override Delivery[] DrawDeliveries(Random choice) => choice.Next(4) switch
    {
        0 => [Delivery.Total],
        1 => [Delivery.Total, Delivery.Total | Delivery.Safe],
        2 => [Delivery.GlobalTime, Delivery.Total, Delivery.GlobalTime | Delivery.Safe],
        _ => [Delivery.Total, Delivery.Total | Delivery.Safe, Delivery.Causal, Delivery.Fifo, Delivery.GlobalTime],
    };
}
