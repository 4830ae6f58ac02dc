using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// Gives jobs work in proportion to their priorities: stride scheduling (Waldspurger and Weihl, 1995), in
/// which a job's pass grows by the work it is given over its priority, and the lowest pass goes next.
/// Deterministic. One caller at a time.
/// </summary>
/// <remarks>
/// <para>A new job starts at the lowest pass of those that have something to give, and so does one that had
/// nothing to give for a while: neither is owed anything for the time before.</para>
/// <para>A job that has work but meets no agent able to do it falls behind, and is owed; but never more than
/// <see cref="LagMaxSeconds"/>, or twice the largest single grant, so that it cannot shut out others for long
/// afterwards.</para>
/// </remarks>
public sealed class FairShare
{
    /// <summary>The priority at which a second of work counts as a second.</summary>
    public const int DefaultPriority = 100;

    /// <summary>
    /// How far a job may fall behind another, in seconds of work at the default priority: a day.
    /// </summary>
    public const double LagMaxSeconds = 86_400;

    private readonly Dictionary<JobId, JobShare> _shares = [];
    private double _floor;
    private double _chargeMax;

    /// <summary>The shares of all jobs that joined.</summary>
    public IReadOnlyCollection<JobShare> Shares => _shares.Values;

    /// <summary>A job takes part, with nothing to give yet. A second call keeps its place.</summary>
    public JobShare Join(JobId job, int priority)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priority);
        if (!_shares.TryGetValue(job, out var share))
        {
            _shares.Add(job, share = new JobShare(job, priority, Floor()));
        }

        return share;
    }

    /// <summary>A job takes part no longer.</summary>
    public void Leave(JobShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        Rest(share);
        _shares.Remove(share.Job);
    }

    /// <summary>The job has something to give.</summary>
    public void Wake(JobShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (!share.IsAwake)
        {
            share.Pass = Math.Max(share.Pass, Floor());
            share.IsAwake = true;
        }
    }

    /// <summary>The job has nothing to give now.</summary>
    public void Rest(JobShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (share.IsAwake)
        {
            _floor = Math.Max(_floor, Floor());
            share.IsAwake = false;
        }
    }

    /// <summary>The job was given work; negative seconds take back what was charged too much.</summary>
    public void Charge(JobShare share, double seconds)
    {
        ArgumentNullException.ThrowIfNull(share);
        var charge = seconds * DefaultPriority / share.Priority;
        share.Pass += charge;
        _chargeMax = Math.Max(_chargeMax, charge);
    }

    /// <summary>
    /// Lets credit beyond the bound lapse, before <paramref name="share"/> is served ahead of
    /// <paramref name="next"/>.
    /// </summary>
    public void Forgive(JobShare share, JobShare next)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(next);
        share.Pass = Math.Max(share.Pass, next.Pass - Math.Max(LagMaxSeconds, 2 * _chargeMax));
    }

    /// <summary>
    /// True when <paramref name="share"/> comes before <paramref name="other"/>: lower pass, ties by job
    /// number.
    /// </summary>
    public static bool Precedes(JobShare share, JobShare other)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(other);
        return share.Pass < other.Pass
            || (share.Pass.Equals(other.Pass) && share.Job.Number < other.Job.Number);
    }

    private double Floor()
    {
        var lowest = double.PositiveInfinity;
        foreach (var share in _shares.Values)
        {
            lowest = share.IsAwake ? Math.Min(lowest, share.Pass) : lowest;
        }

        return double.IsPositiveInfinity(lowest) ? _floor : lowest;
    }
}
