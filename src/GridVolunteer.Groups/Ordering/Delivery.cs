namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// How a message is to be delivered: one level, with <see cref="Safe"/> or without. Chosen per message.
/// </summary>
[Flags]
public enum Delivery
{
    /// <summary>As soon as it is here: once, to all or none of those who go on, in no order.</summary>
    Unordered = 0,

    /// <summary>In the order of its sender.</summary>
    Fifo = 1,

    /// <summary>After whatever its sender had been delivered, or had sent, before it.</summary>
    Causal = 2,

    /// <summary>In one order, which all members see, of all groups together.</summary>
    Total = 4,

    /// <summary>In the order of time stamps, each with the bound of its error.</summary>
    GlobalTime = 8,

    /// <summary>
    /// Only once every member is known to have it in its place: whoever crashes later has seen nothing that those
    /// who go on do not see.
    /// </summary>
    Safe = 16,
}
