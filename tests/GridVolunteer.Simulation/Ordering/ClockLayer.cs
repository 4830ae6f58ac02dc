using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>As <see cref="OrderLayer"/>, with clocks measured against one more machine, and messages stamped by them.</summary>
public sealed class ClockLayer : OrderLayer
{
    /// <inheritdoc/>
    public override string Name => "clock";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Flaws { get; } = [nameof(OrderFlaw.NoWatermark)];

    private protected override bool HasTime => true;

    private protected override Delivery[] DrawDeliveries(Random choice) => choice.Next(3) switch
    {
        0 => [Delivery.GlobalTime],
        1 => [Delivery.GlobalTime, Delivery.GlobalTime | Delivery.Safe],
        _ => [Delivery.GlobalTime, Delivery.Total, Delivery.GlobalTime | Delivery.Safe, Delivery.Fifo, Delivery.Total],
    };
}
