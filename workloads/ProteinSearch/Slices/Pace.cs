namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>
/// When to report: often enough that nobody waits, and so seldom that reporting takes a twentieth of the time
/// at most.
/// </summary>
/// <param name="clock">The clock. Results never depend on it.</param>
internal sealed class Pace(TimeProvider clock)
{
    private const int WorkPerReport = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private long _reported = clock.GetTimestamp();
    private TimeSpan _pause = Interval;

    /// <summary>Reports if it is time to.</summary>
    public void Report(Action report)
    {
        var start = clock.GetTimestamp();
        if (clock.GetElapsedTime(_reported, start) < _pause)
        {
            return;
        }

        report();
        _reported = clock.GetTimestamp();
        var due = clock.GetElapsedTime(start, _reported) * WorkPerReport;
        _pause = due > Interval ? due : Interval;
    }
}
