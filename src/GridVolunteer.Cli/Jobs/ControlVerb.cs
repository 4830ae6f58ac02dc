using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Cli.Jobs;

/// <summary><c>cancel</c>, <c>pause</c> and <c>resume</c>: what a submitter does to a job.</summary>
public static class ControlVerb
{
    /// <summary><c>cancel ID</c>.</summary>
    public static Verb Cancel(CliHost host) => Create(
        host, "cancel", "Ends a job for good; what was computed stays readable.",
        (client, job, cancellation) => client.CancelAsync(job, cancellation));

    /// <summary><c>pause ID</c>.</summary>
    public static Verb Pause(CliHost host) => Create(
        host, "pause",
        "Stops handing out a job's units until it is resumed; results of units out there still count.",
        (client, job, cancellation) => client.PauseAsync(job, cancellation));

    /// <summary><c>resume ID</c>.</summary>
    public static Verb Resume(CliHost host) => Create(
        host, "resume", "Goes on with a paused job.",
        (client, job, cancellation) => client.ResumeAsync(job, cancellation));

    private static Verb Create(
        CliHost host, string name, string summary, Func<CoordinatorClient, JobId, CancellationToken,
        Task<JobView>> act)
    {
        var grid = new GridOptions();
        var id = JobArgument.Create();
        var json = JsonOption.Create("the job as it is now");
        var verb = new Verb(name, summary, $"{CommandPath.Program} {name} j17") { id, json };
        grid.AddTo(verb);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var connection = GridConnection.Open(grid, parsed, host);
            var job = await act(connection.Client, parsed.GetValue(id), cancellation);
            if (parsed.GetValue(json))
            {
                host.Terminal.WriteJson(job, ProtocolJson.Default.JobView);
            }
            else
            {
                host.Terminal.Out.WriteLine($"{job.JobId} is {JobText.Line(job)}.");
            }

            return ExitCode.Done;
        });
    }
}
