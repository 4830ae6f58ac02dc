using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Cli.Watching;

/// <summary><c>watch ID</c>: live progress until the job ends.</summary>
public static class WatchVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var id = JobArgument.Create();
        var json = JsonOption.Create("the job, one line each time it has changed");
        var verb = new Verb(
            "watch", "Shows a job's progress until it ends.", "gridvolunteer watch j17",
            "gridvolunteer watch j17 --json")
        {
            Notes =
            [
                "Exit code 0 when every unit is valid; 1 when the job failed, was cancelled or completed with failures.",
                "Ctrl-C ends the watching only: the job goes on.",
            ],
        };
        verb.Add(id);
        verb.Add(json);
        grid.AddTo(verb);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var connection = GridConnection.Open(grid, parsed, host);
            var job = parsed.GetValue(id);
            if (!parsed.GetValue(json))
            {
                return await JobWaiting.WaitAsync(connection.Client, job, host, toError: false, cancellation);
            }

            var code = ExitCode.Failed;
            var watch = new JobWatch(connection.Client, host.Clock) { OnAway = host.Terminal.Note };
            await foreach (var view in watch.FollowAsync(job, cancellation))
            {
                host.Terminal.WriteJson(view, ProtocolJson.Default.JobView);
                code = view.State.ExitCode();
            }

            return code;
        });
    }
}
