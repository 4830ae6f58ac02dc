using System.Globalization;
using System.Text.Json;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Demo;

/// <summary>The end of the demo: what was found, what it took, and whether it is as it should be.</summary>
public static class DemoEnding
{
    /// <summary>
    /// Scores of the best two hits: beta globin against itself in the collection, and the next.
    /// </summary>
    private static readonly int[] BestScores = [740, 738];

    private const int HitsShownMax = 10;

    /// <summary>What is not as it should be, a sentence each; none when the demo succeeded.</summary>
    public static IEnumerable<string> Faults(DemoResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.State != JobState.Completed)
        {
            yield return $"The job is {Wording.State(result.State)}, not completed.";
        }

        if (result.UnitsValidated != result.UnitsTotal)
        {
            yield return $"Only {result.UnitsValidated} of {result.UnitsTotal} units are valid.";
        }

        if (result.AgentsKilled == 0)
        {
            yield return "No agent could be killed while it held units.";
        }
        else if (result.UnitsReassigned == 0)
        {
            yield return "No unit of the killed agent was validated by another.";
        }

        var scores = Hits(result).Take(BestScores.Length).Select(hit => hit.Score);
        if (!scores.SequenceEqual(BestScores))
        {
            yield return $"The best hits should score {string.Join(" and ", BestScores)}.";
        }
    }

    /// <summary>Shows the best hits and a summary.</summary>
    public static void Write(DemoResult result, Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(terminal);
        var hits = Hits(result).Take(HitsShownMax).ToArray();
        if (hits.Length > 0)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine("The proteins most like human haemoglobin beta:");
            var listing = new Listing("Target", "Score#", "Bits#", "E-value#");
            foreach (var hit in hits)
            {
                listing.Add(
                    hit.Target,
                    Wording.Count(hit.Score),
                    hit.BitScore.ToString("0.0", CultureInfo.InvariantCulture),
                    hit.EValue.ToString("0.0e+00", CultureInfo.InvariantCulture));
            }

            listing.Write(terminal, "");
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            $"{Wording.Count(result.UnitsValidated)} of {Wording.Counted(result.UnitsTotal, "unit")} validated, "
            + $"{Wording.Counted(result.AgentsKilled, "agent")} killed, {Wording.Count(result.UnitsReassigned)} of its units "
            + $"validated by others, {Wording.Span(TimeSpan.FromSeconds(result.Seconds))} in all.");
    }

    private static IReadOnlyList<SearchHit> Hits(DemoResult result) =>
        result.Output?.Deserialize(DemoJson.Default.SearchOutput)?.Queries is [var query, ..]
            ? query.Hits
            : [];
}
