using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Watching;

/// <summary>
/// Waits for a job and says how it ended: the end of <c>watch</c> and of <c>submit --watch</c>.
/// </summary>
public static class JobWaiting
{
    /// <summary>Waits for <paramref name="id"/> to end, showing progress.</summary>
    /// <param name="client">The coordinator.</param>
    /// <param name="id">The job.</param>
    /// <param name="host">The process.</param>
    /// <param name="toError">True when standard output belongs to something else, such as JSON.</param>
    /// <param name="cancellation">Ends the waiting; the job goes on.</param>
    /// <returns>Done only when every unit is valid.</returns>
    public static async Task<ExitCode> WaitAsync(
        CoordinatorClient client, JobId id, CliHost host, bool toError, CancellationToken cancellation)
    {
        var terminal = host.Terminal;
        var watch = new JobWatch(client, host.Clock) { OnAway = terminal.Note };
        try
        {
            var job = await Progress(terminal, toError).ShowAsync(watch.FollowAsync(id, cancellation));
            Conclude(job, toError ? terminal.Error : terminal.Out);
            return job.State.ExitCode();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Note(
                $"Stopped watching; {id} goes on. Look again with '{CommandPath.Program} watch {id}'.");
            throw;
        }
    }

    private static IJobProgress Progress(Terminal terminal, bool toError) => (toError, terminal) switch
    {
        (false, { IsInteractive: true }) => new DrawnProgress(terminal.Ansi),
        (false, _) => new PlainProgress(terminal.Out),
        (true, { IsErrorInteractive: true }) => new DrawnProgress(terminal.AnsiError),
        (true, _) => new PlainProgress(terminal.Error),
    };

    private static void Conclude(JobView job, TextWriter output)
    {
        var took = job is { StartedAt: { } started, EndedAt: { } ended }
            ? $" in {Wording.Span(ended - started)}"
            : "";
        output.WriteLine(
            $"{job.JobId} {Wording.State(job.State)}{took}.{(job.Failure is { } why ? $" {why}" : "")}");
        if (job.UnitsFailed > 0)
        {
            output.WriteLine($"Why units failed: {CommandPath.Program} job {job.JobId}");
        }

        if (job.OutputBytes is not null)
        {
            output.WriteLine($"Its output: {CommandPath.Program} output {job.JobId}");
        }
        else if (job.UnitsValidated > 0)
        {
            output.WriteLine($"Its results: {CommandPath.Program} results {job.JobId}");
        }
    }
}
