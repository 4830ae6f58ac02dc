using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// How far a job whose package and inputs an agent already holds may be ahead of the job whose turn it is,
/// and still be preferred by that agent. The bound keeps every job's share: one that is ahead by more waits
/// for the others.
/// </summary>
public static class LocalityRule
{
    private const double RequestsAhead = 8;
    private const double SecondsMin = 60;
    private const double SecondsMax = 3600;

    /// <summary>
    /// The window in seconds of work at the default priority: about eight requests like this one, 60 s to 1
    /// h.
    /// </summary>
    public static double WindowSeconds(WorkWanted wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var window = RequestsAhead * wanted.Seconds;
        return double.IsFinite(window) ? Math.Clamp(window, SecondsMin, SecondsMax) : SecondsMin;
    }

    /// <summary>Whether the agent takes the job it holds rather than the one whose turn it is.</summary>
    public static bool Prefers(JobShare held, JobShare turn, WorkWanted wanted)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(turn);
        return held.Pass <= turn.Pass + WindowSeconds(wanted);
    }
}
