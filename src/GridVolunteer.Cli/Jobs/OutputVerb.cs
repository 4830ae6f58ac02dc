using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;

namespace GridVolunteer.Cli.Jobs;

/// <summary><c>output ID</c>: the merged result of a job.</summary>
public static class OutputVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var id = JobArgument.Create();
        var file = OutputFile.CreateOption();
        var verb = new Verb(
            "output", "Prints the merged result of a job, byte for byte as its last merge made it.",
            "gridvolunteer output j17", "gridvolunteer output j17 -o hits.json") { id, file };
        grid.AddTo(verb);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var connection = GridConnection.Open(grid, parsed, host);
            var path = parsed.GetValue(file);
            long bytes = 0;
            await OutputFile.WriteAsync(path, host.Terminal, async stream =>
                bytes = await connection.Client.OutputAsync(parsed.GetValue(id), stream, cancellation));
            if (path is not null)
            {
                host.Terminal.Note($"Wrote {Wording.Bytes(bytes)} to {path}.");
            }

            return ExitCode.Done;
        });
    }
}
