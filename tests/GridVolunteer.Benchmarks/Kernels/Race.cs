namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// Contenders take turns, round after round, so that whatever else the machine does meets all of them alike.
/// </summary>
/// <param name="rounds">How often each has its turn.</param>
/// <param name="secondsPerLap">How long a turn is, in processor time.</param>
internal sealed class Race(int rounds, double secondsPerLap)
{
    // Until code is compiled for good. Quick looks may be a little too low.
    private const double WarmUpSecondsMax = 0.8;
    private const double WarmUpLapsMax = 5;

    /// <summary>Runs the race.</summary>
    /// <returns>Each contender's median rate, by its name.</returns>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync(
        IReadOnlyList<Contender> contenders, CancellationToken cancellationToken)
    {
        var rates = contenders.ToDictionary(c => c.Name, _ => new List<double>(), StringComparer.Ordinal);
        foreach (var contender in contenders.Where(c => c.IsCompiledAsItRuns))
        {
            await contender.RunLap(
                Math.Min(WarmUpSecondsMax, WarmUpLapsMax * secondsPerLap), cancellationToken);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var lap = await contender.RunLap(secondsPerLap, cancellationToken);
                rates[contender.Name].Add(lap.Rate);
            }
        }

        return rates.ToDictionary(r => r.Key, r => Median(r.Value), StringComparer.Ordinal);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
