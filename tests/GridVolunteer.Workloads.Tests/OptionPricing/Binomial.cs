namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>How often something of known probability may happen before it is no chance any more.</summary>
internal static class Binomial
{
    /// <summary>
    /// The least and the most of <paramref name="trials"/> outcomes of this probability, such that fewer have
    /// at most the chance <paramref name="falseAlarm"/>, and so have more.
    /// </summary>
    public static (int Least, int Most) Bounds(int trials, double probability, double falseAlarm)
    {
        var chances = Chances(trials, probability);
        var least = 0;
        for (var below = chances[0]; below <= falseAlarm; below += chances[least])
        {
            least++;
        }

        var most = trials;
        for (var above = chances[trials]; above <= falseAlarm; above += chances[most])
        {
            most--;
        }

        return (least, most);
    }

    private static double[] Chances(int trials, double probability)
    {
        var chances = new double[trials + 1];
        var log = trials * Math.Log(1 - probability);
        for (var k = 0; k <= trials; k++)
        {
            chances[k] = Math.Exp(log);
            log += Math.Log(trials - k) - Math.Log(k + 1) + Math.Log(probability) - Math.Log(1 - probability);
        }

        return chances;
    }
}
