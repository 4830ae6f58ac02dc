namespace GridVolunteer.Simulation.CommitReveal;

/// <summary>
/// Walks through every order of steps of a <see cref="RoundModel"/>. Orders that leave every member with the
/// same history are the same state and walked once.
/// </summary>
/// <param name="adversaryCloses">Whether the adversary closes the round, or an honest member.</param>
/// <param name="playsMax">How many tricks the adversary may play.</param>
/// <param name="timeouts">Whether patience may end at any moment.</param>
/// <param name="flaw">A mistake to build in; null for none.</param>
public sealed class RoundExplorer(bool adversaryCloses, int playsMax, bool timeouts, string? flaw = null)
{
    private readonly HashSet<string> _known = [];

    /// <summary>States walked through.</summary>
    public int States => _known.Count;

    /// <summary>States in which nothing more can happen.</summary>
    public int Ends { get; private set; }

    /// <summary>The first fault with the steps that lead to it; null when there is none.</summary>
    public string? Fault { get; private set; }

    /// <summary>Walks until a fault is found, or everything was seen.</summary>
    public RoundExplorer Walk()
    {
        var waiting = new Stack<string[]>();
        waiting.Push([]);
        while (Fault is null && waiting.TryPop(out var steps))
        {
            foreach (var longer in Look(steps))
            {
                waiting.Push(longer);
            }
        }

        return this;
    }

    private IEnumerable<string[]> Look(string[] steps)
    {
        var model = Replay(steps);
        if (!_known.Add(model.Key))
        {
            return [];
        }

        var next = model.Steps().Where(s => IsWanted(s, steps)).ToArray();
        if (next.All(s => s.StartsWith("play", StringComparison.Ordinal)
            || s.StartsWith("timeout", StringComparison.Ordinal)))
        {
            Ends++;
            model.Checker.AtRest();
        }

        Fault ??= model.Checker.Fault is { } fault ? $"{fault}: {string.Join("; ", steps)}" : null;
        return next.Select(s => steps.Append(s).ToArray());
    }

    private bool IsWanted(string step, string[] taken) =>
        step.Split(' ')[0] switch
        {
            "play" => !taken.Contains(step)
                && taken.Count(s => s.StartsWith("play", StringComparison.Ordinal)) < playsMax,
            "timeout" => timeouts,
            _ => true,
        };

    private RoundModel Replay(string[] steps)
    {
        var model = new RoundModel(adversaryCloses, FlawedParticipants.With(flaw));
        foreach (var step in steps)
        {
            model.Take(step);
        }

        return model;
    }
}
