namespace GridVolunteer.Coordination.Brokering;

/// <summary>How many units make the seconds of work that an agent asks for.</summary>
public static class BatchSize
{
    /// <summary>
    /// Enough units of <paramref name="expected"/> each to fill <paramref name="seconds"/> (summed over
    /// threads), and one for each idle thread, but at least 1 and at most <paramref name="unitsMax"/>.
    /// </summary>
    public static int Of(double seconds, int threadsIdle, TimeSpan expected, int unitsMax)
    {
        var most = Math.Max(unitsMax, 1);
        var wanted = Math.Ceiling(seconds / Math.Max(expected.TotalSeconds, 1e-9));

        // A number that is no number asks for nothing, and gets the least.
        var units = wanted >= most ? most : wanted >= 1 ? (int)wanted : 1;
        return Math.Min(Math.Max(units, threadsIdle), most);
    }
}
