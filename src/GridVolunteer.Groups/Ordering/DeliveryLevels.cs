using System.Numerics;

namespace GridVolunteer.Groups.Ordering;

/// <summary>What can be said of a <see cref="Delivery"/>.</summary>
public static class DeliveryLevels
{
    private const Delivery Levels = Delivery.Fifo | Delivery.Causal | Delivery.Total | Delivery.GlobalTime;

    /// <summary>The level alone.</summary>
    public static Delivery Level(this Delivery delivery) => delivery & Levels;

    /// <summary>True when it is delivered only once all are known to have it.</summary>
    public static bool IsSafe(this Delivery delivery) => (delivery & Delivery.Safe) == Delivery.Safe;

    /// <summary>True for one level, safe or not; anything else has no meaning.</summary>
    public static bool IsMeaningful(this Delivery delivery) =>
        (delivery | Levels | Delivery.Safe) == (Levels | Delivery.Safe) && BitOperations.PopCount((uint)delivery.Level()) <= 1;
}
