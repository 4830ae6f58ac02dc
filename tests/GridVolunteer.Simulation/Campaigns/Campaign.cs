namespace GridVolunteer.Simulation.Campaigns;

/// <summary>Many runs of a layer, one seed after the other, and their sums.</summary>
public sealed class Campaign(ILayer layer, string? flaw = null)
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many runs were made.</summary>
    public int Runs { get; private set; }

    /// <summary>The runs in which something did not hold.</summary>
    public List<(int Seed, RunOutcome Outcome)> Failures { get; } = [];

    /// <summary>What was tried, and how often, in all runs.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Runs seeds from the first on.</summary>
    /// <param name="firstSeed">The first.</param>
    /// <param name="runs">How many.</param>
    /// <param name="failuresMax">Stops after so many failures.</param>
    public Campaign Run(int firstSeed, int runs, int failuresMax = int.MaxValue)
    {
        for (var seed = firstSeed; seed < firstSeed + runs && Failures.Count < failuresMax; seed++)
        {
            Add(seed, RunOne(seed));
        }

        return this;
    }

    /// <summary>As <see cref="Run"/>, on several threads; the runs themselves are the same.</summary>
    public Campaign RunParallel(int firstSeed, int runs, int threads)
    {
        Parallel.For(
            firstSeed,
            firstSeed + runs,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            seed =>
            {
                var outcome = RunOne(seed);
                lock (_counts)
                {
                    Add(seed, outcome);
                }
            });
        Failures.Sort((a, b) => a.Seed.CompareTo(b.Seed));
        return this;
    }

    /// <summary>What replays a run.</summary>
    public string ReplayCommand(int seed) =>
        $"dotnet run -c Release --project tests/GridVolunteer.Simulation -- {layer.Name} --seed {seed}"
        + (flaw is null ? "" : $" --flaw {flaw}");

    /// <summary>The sums, and for the first failures what replays them.</summary>
    public string Report()
    {
        var lines = new List<string>
        {
            $"{layer.Name}{(flaw is null ? "" : $" with {flaw}")}: {Runs:N0} runs, {Failures.Count:N0} failed; "
                + string.Join(", ", _counts.Select(c => $"{c.Value:N0} {c.Key}")),
        };
        foreach (var (seed, outcome) in Failures.Take(5))
        {
            lines.Add($"  seed {seed}: {outcome.Violations[0]} ({outcome.Violations.Count} in all)");
            lines.Add($"    {ReplayCommand(seed)}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private RunOutcome RunOne(int seed)
    {
        try
        {
            return layer.Run(seed, flaw);
        }
#pragma warning disable CA1031 // Whatever a protocol throws is a fault of it, and the other seeds are to be run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new RunOutcome([$"thrown: {e}"], 0, new Dictionary<string, long>());
        }
    }

    private void Add(int seed, RunOutcome outcome)
    {
        Runs++;
        foreach (var (name, count) in outcome.Counts)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + count;
        }

        if (outcome.Violations.Count > 0)
        {
            Failures.Add((seed, outcome));
        }
    }
}
