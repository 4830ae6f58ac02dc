using System.Diagnostics;
using System.Globalization;
using GridVolunteer.Simulation.CommitReveal;
using GridVolunteer.Simulation.Detection;
using GridVolunteer.Simulation.Groups;
using GridVolunteer.Simulation.Ordering;
using GridVolunteer.Simulation.Register;
using GridVolunteer.Simulation.Search;
using GridVolunteer.Simulation.Swarm;

namespace GridVolunteer.Simulation.Campaigns;

/// <summary>
/// The command: runs a layer from a seed, once or many times, with a known mistake or without, and says what
/// replays what went wrong.
/// </summary>
public static class SimulationCommand
{
    private const string Usage =
        """
        Runs protocols in virtual time over a network that misbehaves, and checks what must hold.

          LAYER [--seed N] [--runs N] [--flaw NAME] [--threads N]
          detector-figures
          search-figures
          swarm-figures
          commit-reveal-orders
          view-crash-points
          order-crash-points
          joint-crash-points

        Without --runs one seed is replayed, with all that did not hold. --flaw builds a known mistake in.
        Exit code: 0 when everything held, 1 when something did not, 2 for wrong use.
        """;

    private static readonly ILayer[] Layers =
    [
        new DetectorLayer(), new ViewLayer(), new HolderLayer(), new MembersLayer(), new RegisterLayer(),
        new OrderLayer(), new ClockLayer(), new JointLayer(), new SearchLayer(), new CommitRevealLayer(), new SwarmLayer(),
    ];

    /// <summary>Runs the command.</summary>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        switch (arguments)
        {
            case ["detector-figures"]:
                DetectorFigures.Write(output);
                return 0;
            case ["search-figures"]:
                SearchFigures.Write(output);
                return 0;
            case ["swarm-figures"]:
                SwarmFigures.Write(output);
                return 0;
            case ["commit-reveal-orders"]:
                return RoundOrders.Write(output) ? 0 : 1;
            case ["view-crash-points"]:
                return CrashPoints.Write(output) ? 0 : 1;
            case ["order-crash-points"]:
                return OrderCrashPoints.Write(output) ? 0 : 1;
            case ["joint-crash-points"]:
                return OrderCrashPoints.Write(output, isJoint: true) ? 0 : 1;
        }

        if (arguments.Count == 0 || Array.Find(Layers, l => l.Name == arguments[0]) is not { } layer
            || !TryParse(arguments.Skip(1), layer, out var choice))
        {
            output.WriteLine(Usage);
            output.WriteLine("Layers and their mistakes:");
            foreach (var known in Layers)
            {
                output.WriteLine($"  {known.Name}: {string.Join(", ", known.Flaws)}");
            }

            return 2;
        }

        return choice.Runs is { } runs
            ? RunMany(layer, choice, runs, output)
            : Replay(layer, choice, output);
    }

    private static int RunMany(ILayer layer, Choice choice, int runs, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var campaign = new Campaign(layer, choice.Flaw).RunParallel(choice.Seed, runs, choice.Threads);
        output.WriteLine(campaign.Report());
        output.WriteLine($"{watch.Elapsed.TotalSeconds:F1} s");
        return campaign.Failures.Count == 0 ? 0 : 1;
    }

    private static int Replay(ILayer layer, Choice choice, TextWriter output)
    {
        var outcome = layer.Run(choice.Seed, choice.Flaw);
        output.WriteLine($"{layer.Name} seed {choice.Seed}: trace {outcome.TraceHash:x16}; "
            + string.Join(", ", outcome.Counts.Select(c => $"{c.Value} {c.Key}")));
        foreach (var violation in outcome.Violations)
        {
            output.WriteLine($"  {violation}");
        }

        return outcome.Violations.Count == 0 ? 0 : 1;
    }

    private static bool TryParse(IEnumerable<string> arguments, ILayer layer, out Choice choice)
    {
        choice = new Choice(Seed: 1, Runs: null, Flaw: null, Threads: 1);
        foreach (var pair in arguments.Chunk(2))
        {
            if (pair is ["--flaw", var flaw] && layer.Flaws.Contains(flaw))
            {
                choice = choice with { Flaw = flaw };
            }
            else if (pair is [var name, var text]
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && name is "--seed" or "--runs" or "--threads")
            {
                choice = name switch
                {
                    "--seed" => choice with { Seed = number },
                    "--runs" => choice with { Runs = number },
                    _ => choice with { Threads = Math.Max(1, number) },
                };
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Choice(int Seed, int? Runs, string? Flaw, int Threads);
}
