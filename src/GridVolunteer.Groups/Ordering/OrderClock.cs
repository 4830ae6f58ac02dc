namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// The process's one clock over all its groups: Lamport's (<i>Time, clocks, and the ordering of events in a
/// distributed system</i>, 1978), and where the time is measured a hybrid one (Kulkarni, Demirbas, Madappa, Avva and
/// Leone, <i>Logical physical clocks</i>, 2014): never behind the time in microseconds, and one more for each
/// reading in between.
/// </summary>
internal sealed class OrderClock
{
    /// <summary>The last reading, or the greatest that was heard of.</summary>
    public ulong Value { get; private set; }

    /// <summary>A new reading, greater than all before.</summary>
    /// <param name="time">The time in microseconds; 0 when it is not known.</param>
    public ulong Next(ulong time)
    {
        Value = Math.Max(Value + 1, time);
        return Value;
    }

    /// <summary>Learns of a reading of another's.</summary>
    public void Raise(ulong value) => Value = Math.Max(Value, value);
}
