using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Jobs;

/// <summary>One job for people: facts line by line, then its failures.</summary>
public static class JobCard
{
    private const int LabelWidth = 12;
    private const int MessageLengthMax = 200;

    /// <summary>Writes the card.</summary>
    public static void Write(JobView job, FailurePage failures, CliHost host)
    {
        var output = host.Terminal.Out;
        foreach (var (label, value) in Facts(job, host.Clock.GetUtcNow()))
        {
            output.WriteLine($"{(label + ":").PadRight(LabelWidth)}{value}");
        }

        if (failures.Items.Count > 0)
        {
            output.WriteLine();
            WriteFailures(failures, host.Terminal);
        }
    }

    private static IEnumerable<(string Label, string Value)> Facts(JobView job, DateTimeOffset now)
    {
        yield return ("Job", job.Name == job.JobId.ToString() ? job.Name : $"{job.JobId} ({job.Name})");
        yield return ("Workload", job.Workload);
        yield return ("State", Wording.State(job.State) + (job.Failure is { } why ? $": {why}" : ""));
        if (job.Waiting is { } waiting)
        {
            yield return ("Waits", waiting);
        }

        yield return ("Units", Units(job));
        if (job.MergesTotal > 0)
        {
            yield return (
                "Merges", $"{Wording.Count(job.MergesValidated)} of {Wording.Count(job.MergesTotal)}");
        }

        yield return ("Quorum", Wording.Count(job.Quorum));
        yield return ("Priority", Wording.Count(job.Priority));
        yield return ("Submitted", $"{job.SubmittedAt:u} ({Wording.Ago(job.SubmittedAt, now)})");
        if (job.StartedAt is { } started)
        {
            yield return ("Took", Wording.Span((job.EndedAt ?? now) - started) + (
                job.EndedAt is null ? " so far" : ""));
        }

        if (job.OutputBytes is { } bytes)
        {
            yield return (
                "Output", $"{Wording.Bytes(bytes)} of {job.OutputType}: gridvolunteer output {job.JobId}");
        }
    }

    private static string Units(JobView job)
    {
        List<string> parts =
        [
            $"{Wording.Count(job.UnitsTotal)} in all",
            $"{Wording.Count(job.UnitsValidated)} valid",
            $"{Wording.Count(job.UnitsRunning)} running",
            $"{Wording.Count(job.UnitsFailed)} failed",
        ];
        if (job.UnitsReassigned > 0)
        {
            parts.Add($"{Wording.Count(job.UnitsReassigned)} taken over from members that vanished");
        }

        return string.Join(", ", parts);
    }

    private static void WriteFailures(FailurePage failures, Terminal terminal)
    {
        var listing = new Listing("Level#", "Unit#", "Final", "Peer", "What", "Message");
        foreach (var failure in failures.Items)
        {
            listing.Add(
                Wording.Count(failure.Level),
                Wording.Count(failure.Unit),
                failure.Final ? "yes" : "no",
                failure.Peer.Short,
                Wording.Failure(failure.Kind),
                FirstLine(failure.Message));
        }

        listing.Write(terminal, "");
        if (failures.Next is not null)
        {
            terminal.Note("There are more failures; --json gives them all, with their whole messages.");
        }
    }

    /// <summary>
    /// The first line says what happened; the rest, such as where in the workload, is in the JSON.
    /// </summary>
    private static string FirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return line.Length <= MessageLengthMax
            ? line.ToString()
            : string.Concat(line[..MessageLengthMax], "…");
    }
}
