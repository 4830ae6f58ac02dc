using GridVolunteer.Simulation.Campaigns;
using GridVolunteer.Simulation.Engine;

namespace GridVolunteer.Simulation.CommitReveal;

/// <summary>
/// Rounds of two honest members and an adversary, in an order of steps drawn at random. What <see
/// cref="RoundExplorer"/> does with every order, this does with some, and with as many tricks as there are.
/// </summary>
public sealed class CommitRevealLayer : ILayer
{
    /// <inheritdoc/>
    public string Name => "commit-reveal";

    /// <inheritdoc/>
    public IReadOnlyList<string> Flaws { get; } = [.. FlawedParticipants.All.Keys];

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var random = new Random(seed);
        var model = new RoundModel(random.Next(2) == 0, FlawedParticipants.With(flaw));
        var trace = new TraceHash();
        var counts = new Dictionary<string, long> { ["steps"] = 0 };
        var taken = new HashSet<string>();
        var timeouts = random.Next(4) == 0;
        var trickiness = random.NextDouble();
        while (true)
        {
            var steps = model.Steps().Where(s => IsWanted(s)).ToArray();
            var calm = steps.Where(s => !IsPlay(s)).ToArray();
            if (calm.Length == 0)
            {
                break;
            }

            var tricks = steps.Where(IsPlay).ToArray();
            var step = tricks.Length > 0 && random.NextDouble() < trickiness
                ? tricks[random.Next(tricks.Length)]
                : calm[random.Next(calm.Length)];
            taken.Add(step);
            model.Take(step);
            trace.Add(System.Text.Encoding.UTF8.GetBytes(step));
            var kind = IsPlay(step) ? "tricks" : "steps";
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        model.Checker.AtRest();
        return new RunOutcome(model.Checker.Fault is { } fault ? [fault] : [], trace.Value, counts);

        bool IsWanted(string step) => IsPlay(step)
            ? !taken.Contains(step)
            : timeouts || !step.StartsWith("timeout", StringComparison.Ordinal);
    }

    private static bool IsPlay(string step) => step.StartsWith("play", StringComparison.Ordinal);
}
