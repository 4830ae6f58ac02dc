namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>
/// When to do what is done now and then beside the work, such as reporting: every twentieth of a second, but
/// so seldom that it takes a hundredth of the time at most.
/// </summary>
/// <param name="clock">The clock. Results never depend on it.</param>
internal sealed class Pace(TimeProvider clock)
{
    private const int WorkPerAct = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private long _acted = clock.GetTimestamp();
    private TimeSpan _pause = Interval;

    /// <summary>Acts if it is time to.</summary>
    public void Act(Action action)
    {
        var start = clock.GetTimestamp();
        if (clock.GetElapsedTime(_acted, start) < _pause)
        {
            return;
        }

        action();
        _acted = clock.GetTimestamp();
        var due = clock.GetElapsedTime(start, _acted) * WorkPerAct;
        _pause = due > Interval ? due : Interval;
    }
}
