using System.CommandLine;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cli.Jobs;

/// <summary><c>results ID</c>: one line of JSON for each decided unit.</summary>
public static class ResultsVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var id = JobArgument.Create();
        var file = OutputFile.CreateOption();
        var after = new Option<long?>("--after")
        {
            HelpName = "UNIT",
            Description = "Only units behind this index: how to go on where an earlier download ended.",
        };
        var verb = new Verb(
            "results",
            "Prints one line of JSON for each decided unit, in order; units still undecided are left out.",
            "gridvolunteer results j17", "gridvolunteer results j17 -o results.ndjson") { id, file, after };
        grid.AddTo(verb);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var connection = GridConnection.Open(grid, parsed, host);
            var path = parsed.GetValue(file);
            long units = 0;
            await OutputFile.WriteAsync(path, host.Terminal, async stream => units = await CopyAsync(
                connection.Client, parsed.GetValue(id), parsed.GetValue(after), stream, cancellation));
            if (path is not null)
            {
                host.Terminal.Note($"Wrote {Wording.Counted(units, "unit")} to {path}.");
            }

            return ExitCode.Done;
        });
    }

    private static async Task<long> CopyAsync(
        CoordinatorClient client, JobId job, long? after, Stream stream, CancellationToken cancellation)
    {
        long units = 0;
        await foreach (var line in client.ResultsAsync(job, after, cancellation))
        {
            await stream.WriteAsync(line.Json, cancellation);
            stream.WriteByte((byte)'\n');
            units++;
        }

        return units;
    }
}
