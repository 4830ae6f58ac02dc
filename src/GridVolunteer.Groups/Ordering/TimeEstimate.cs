namespace GridVolunteer.Groups.Ordering;

/// <summary>What is known of the common time: one sample of a source's clock, and how old it is.</summary>
/// <param name="TimeAtZero">The source's time when this process's clock was at zero, by that sample.</param>
/// <param name="RoundTrip">How long the sample was under way, there and back.</param>
/// <param name="MeasuredAt">When it came, by this process's clock.</param>
/// <param name="DriftMax">How far the two clocks may drift apart, in seconds a second.</param>
public readonly record struct TimeEstimate(
    DateTimeOffset TimeAtZero, TimeSpan RoundTrip, TimeSpan MeasuredAt, double DriftMax)
{
    /// <summary>The time.</summary>
    public DateTimeOffset TimeAt(TimeSpan now) => TimeAtZero + now;

    /// <summary>
    /// How far it may be off: half the round trip, as the way there and the way back may have taken any part of it,
    /// and what the clocks may have drifted since.
    /// </summary>
    public TimeSpan EpsilonAt(TimeSpan now) =>
        (RoundTrip / 2) + ((now - MeasuredAt + RoundTrip) * DriftMax) + TimeSpan.FromMicroseconds(1);
}
