namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>How long a grant may take, and from when on it counts as slow.</summary>
internal static class LeaseRules
{
    /// <summary>
    /// The shortest lease, beside the unit's time limit: long enough for any network and any queue before it.
    /// </summary>
    public static readonly TimeSpan LeaseMin = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The longest lease, beside the unit's time limit: an estimate that is wildly wrong still ends.
    /// </summary>
    public static readonly TimeSpan LeaseMax = TimeSpan.FromDays(7);

    /// <summary>
    /// No grant is slow before this age, however small its units: round trips and buffers take their time.
    /// </summary>
    public static readonly TimeSpan SlowMin = TimeSpan.FromSeconds(3);

    // Times beyond are not told apart.
    private static readonly TimeSpan UnitTimeMax = TimeSpan.FromDays(365);

    // An estimate is off by a factor of two easily; machines are used by their owners meanwhile.
    private const double LeaseFactor = 4;
    private const double SlowFactor = 2;

    /// <summary>
    /// Four times what the volunteer's whole backlog in this shard should take, within bounds, and the time
    /// limit of one unit on top. The deadline is the last resort behind heartbeats: a machine that lives and
    /// works is not disturbed.
    /// </summary>
    public static TimeSpan Lease(int backlog, TimeSpan expected, int threads, TimeSpan unitTimeLimit)
    {
        var seconds = LeaseFactor * backlog * Math.Max(0, expected.TotalSeconds) / Math.Max(1, threads);
        var bounded = Math.Clamp(seconds, LeaseMin.TotalSeconds, LeaseMax.TotalSeconds);
        return TimeSpan.FromSeconds(bounded) + (unitTimeLimit < UnitTimeMax ? unitTimeLimit : UnitTimeMax);
    }

    /// <summary>
    /// When a grant becomes slow: at twice the age at which its volunteer, working off what it held, should
    /// have finished it. A unit is expected to take what the volunteer is known for, but no less than the
    /// mean in this shard, so that an estimate from before the first report does not make everybody slow.
    /// </summary>
    public static long SlowAtMs(Grant grant, long startMs, double meanSeconds)
    {
        var unitSeconds = Math.Max(grant.ExpectedMicroseconds / 1e6, meanSeconds);
        var seconds = SlowFactor * grant.Backlog * unitSeconds / grant.Threads;
        return startMs + (long)Math.Clamp(
            1000 * seconds, SlowMin.TotalMilliseconds, LeaseMax.TotalMilliseconds);
    }
}
