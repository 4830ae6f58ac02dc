namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// How much of what is left of a job one volunteer may take at once. Whoever asks first would else take all
/// of a small job, or all of a large one's end, while others stand idle. Half of an equal share each time, so
/// that batches shrink towards the end and all finish together (guided self-scheduling: Polychronopoulos and
/// Kuck, 1987).
/// </summary>
public static class ShareOfRest
{
    /// <summary>The most units to hand out, at least 1.</summary>
    /// <param name="rest">Unit copies left to hand out.</param>
    /// <param name="threads">Threads of who asks.</param>
    /// <param name="threadsOfAll">Threads of all that ask, this one included.</param>
    public static int Of(long rest, int threads, long threadsOfAll)
    {
        if (threadsOfAll <= threads)
        {
            return int.MaxValue;
        }

        var share = Math.Ceiling((double)rest * Math.Max(threads, 1) / (2.0 * threadsOfAll));
        return (int)Math.Clamp(share, 1, int.MaxValue);
    }
}
