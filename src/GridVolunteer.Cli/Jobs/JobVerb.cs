using System.CommandLine;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Cli.Jobs;

/// <summary><c>job ID</c>: state, counters and failures of one job.</summary>
public static class JobVerb
{
    private const int FailuresShownMax = 20;
    private const int FailuresInJsonMax = 1000;
    private const int PageSize = 200;

    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var id = JobArgument.Create();
        var json = JsonOption.Create("the job with its failures, 1,000 at most");
        var verb = new Verb(
            "job", "Shows one job: its state, its counters, and which units failed and why.",
            "gridvolunteer job j17", "gridvolunteer job j17 --json") { id, json };
        grid.AddTo(verb);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var connection = GridConnection.Open(grid, parsed, host);
            var asJson = parsed.GetValue(json);
            var job = await connection.Client.JobAsync(parsed.GetValue(id), cancellation);
            var failures = await FailuresAsync(
                connection.Client, job.JobId, asJson ? FailuresInJsonMax : FailuresShownMax, cancellation);
            if (asJson)
            {
                WriteJson(job, failures, host.Terminal);
            }
            else
            {
                JobCard.Write(job, failures, host);
            }

            return ExitCode.Done;
        });
    }

    private static async Task<FailurePage> FailuresAsync(
        CoordinatorClient client, JobId job, int limit, CancellationToken cancellation)
    {
        var failures = new List<FailedUnit>();
        string? after = null;
        do
        {
            var page = await client.FailuresAsync(
                job, after, Math.Min(PageSize, limit - failures.Count), cancellation);
            failures.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null && failures.Count < limit);

        return new FailurePage(failures, after);
    }

    private static void WriteJson(JobView job, FailurePage failures, Terminal terminal)
    {
        var node = JsonLines.ToNode(job, ProtocolJson.Default.JobView).AsObject();
        node["failures"] = JsonLines.ToNode(failures, ProtocolJson.Default.FailurePage)["items"]?.DeepClone();
        terminal.WriteJson(node);
    }
}
