using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>A job's place in <see cref="FairShare"/>.</summary>
public sealed class JobShare
{
    internal JobShare(JobId job, int priority, double pass)
    {
        Job = job;
        Priority = priority;
        Pass = pass;
    }

    /// <summary>The job.</summary>
    public JobId Job { get; }

    /// <summary>Its share relative to others, 1 to 1,000.</summary>
    public int Priority { get; }

    /// <summary>
    /// Seconds of work it was given, as they would be at the default priority; the lowest is served next.
    /// </summary>
    public double Pass { get; internal set; }

    /// <summary>Whether it has something to give.</summary>
    public bool IsAwake { get; internal set; }
}
