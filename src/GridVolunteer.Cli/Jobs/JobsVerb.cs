using System.CommandLine;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Cli.Jobs;

/// <summary><c>jobs</c>: what the coordinator has to do and has done, newest first.</summary>
public static class JobsVerb
{
    private const int LimitDefault = 20;
    private const int PageSize = 100;

    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var limit = new Option<int>("--limit")
        {
            HelpName = "N",
            Description = $"How many, newest first; 0 for all.",
            DefaultValueFactory = _ => LimitDefault,
        };
        limit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value < 0)
            {
                result.AddError("--limit is 0 or more.");
            }
        });
        var json = JsonOption.Create("an array of jobs");
        var verb = new Verb(
            "jobs", "Lists jobs, newest first.",
            "gridvolunteer jobs", "gridvolunteer jobs --limit 0 --json") { limit, json };
        grid.AddTo(verb);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var connection = GridConnection.Open(grid, parsed, host);
            var jobs = await ReadAsync(connection.Client, parsed.GetValue(limit), cancellation);
            if (parsed.GetValue(json))
            {
                host.Terminal.WriteJsonArray(jobs, ProtocolJson.Default.JobView);
            }
            else
            {
                Write(jobs, host);
            }

            return ExitCode.Done;
        });
    }

    private static async Task<List<JobView>> ReadAsync(
        CoordinatorClient client, int limit, CancellationToken cancellation)
    {
        var jobs = new List<JobView>();
        var wanted = limit == 0 ? int.MaxValue : limit;
        string? before = null;
        do
        {
            var page = await client.JobsAsync(before, Math.Min(PageSize, wanted - jobs.Count), cancellation);
            jobs.AddRange(page.Items);
            before = page.Next;
        }
        while (before is not null && jobs.Count < wanted);

        return jobs;
    }

    private static void Write(List<JobView> jobs, CliHost host)
    {
        var now = host.Clock.GetUtcNow();
        var listing = new Listing(
            "Job", "Name", "State", "Done#", "Units#", "Failed#", "Priority#", "Submitted");
        foreach (var job in jobs)
        {
            listing.Add(
                job.JobId.ToString(),
                job.Name,
                Wording.State(job.State),
                JobText.Progress(job),
                Wording.Count(job.UnitsTotal),
                Wording.Count(job.UnitsFailed),
                Wording.Count(job.Priority),
                Wording.Ago(job.SubmittedAt, now));
        }

        listing.Write(host.Terminal, "No jobs yet. Submit one with 'gridvolunteer submit'.");
    }
}
