using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Ordering;

/// <content>The time, where it is measured.</content>
public sealed partial class OrderedGroups
{
    private readonly TimeMeasurement _time;

    // Members whose clocks cannot be: they are taken for failed once the step is over.
    private readonly List<(OrderedGroup Group, ProcessId Member)> _poisoners = [];

    /// <summary>
    /// What is known of the common time, and how surely; null while nothing is. Without it nothing can be sent as
    /// <see cref="Delivery.GlobalTime"/>.
    /// </summary>
    public TimeEstimate? Time => _time.Estimate;

    /// <summary>Measures the clock against a process that serves the time; against none when null.</summary>
    public void FollowTime(ProcessId? source, TimeSpan now) => _time.Follow(source, Begin(now));

    /// <summary>Serves the time: others measure their clocks against this one's.</summary>
    /// <param name="timeAtZero">What time it is when the host's clock is at zero.</param>
    public void ServeTime(DateTimeOffset timeAtZero) => _time.Serve(timeAtZero);

    private ulong MeasuredMicroseconds(TimeSpan now) =>
        _time.Estimate is { } known ? MicrosecondsOf(known.TimeAt(now)) : 0;

    private static ulong MicrosecondsOf(DateTimeOffset time) =>
        (ulong)Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    private static DateTimeOffset TimeOf(ulong microseconds) =>
        DateTimeOffset.UnixEpoch + new TimeSpan(
            (long)Math.Min(microseconds, 1UL << 57) * TimeSpan.TicksPerMicrosecond);

    /// <summary>
    /// True when a clock is further ahead of the time than clocks that are measured can be: it would drag all others
    /// along.
    /// </summary>
    private bool IsPoisoned(ulong clock, TimeSpan now) =>
        _flaw != OrderFlaw.PoisonTaken && _time.Estimate is { } known
        && clock > MicrosecondsOf(known.TimeAt(now) + known.EpsilonAt(now) + _options.ClockAheadMax);

    private void Expel(TimeSpan now, Output<OrderedEvent> output)
    {
        while (_poisoners.Count > 0)
        {
            var (group, member) = _poisoners[^1];
            _poisoners.RemoveAt(_poisoners.Count - 1);
            group.Member.MarkFailed(member, now, _inner);
            Finish(group, now, output);
        }
    }

    private FrameMessage Stamp(Outgoing next, ulong clock, TimeSpan now)
    {
        var known = _time.Estimate!.Value;
        var ahead = clock - Math.Min(clock, MicrosecondsOf(known.TimeAt(now)));
        var epsilon = known.EpsilonAt(now) + ((now - next.Since) * (1 + _options.ClockDriftMax));
        return next.Message with { EpsilonMicroseconds = (ulong)epsilon.TotalMicroseconds + 2 + ahead };
    }
}
