using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Plots;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cli.Jobs;

/// <summary><c>output ID</c>: the merged result of a job, and the pictures it carries.</summary>
public static class OutputVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var id = JobArgument.Create();
        var file = OutputFile.CreateOption();
        var plot = PlotFile.CreateOption();
        var verb = new Verb(
            "output",
            "Prints the merged result of a job, byte for byte as its last merge made it, or draws it.",
            "gridvolunteer output j17", "gridvolunteer output j17 -o hits.json",
            "gridvolunteer output j17 --plot scores.svg",
            "gridvolunteer output j17 -o hits.json --plot scores.svg")
        {
            id, file, plot,
        };
        grid.AddTo(verb);
        return verb.Does(async (parsed, cancellation) =>
        {
            var (path, picture) = (parsed.GetValue(file), parsed.GetValue(plot));
            if (picture is not null)
            {
                PlotFile.Check(picture, path);
            }

            using var connection = GridConnection.Open(grid, parsed, host);
            var output = new OutputDownload(connection.Client, parsed.GetValue(id), host.Terminal);
            await (picture is null
                ? output.WriteAsync(path, cancellation)
                : output.DrawAsync(picture, path, cancellation));
            return ExitCode.Done;
        });
    }

    /// <summary>An output on its way.</summary>
    private sealed class OutputDownload(CoordinatorClient client, JobId job, Terminal terminal)
    {
        /// <summary>To a file, or to standard output.</summary>
        public Task WriteAsync(string? path, CancellationToken cancellation) =>
            WriteAsync(path, stream => client.OutputAsync(job, stream, cancellation));

        /// <summary>Drawn, and to a file too where there is one.</summary>
        public async Task DrawAsync(string picture, string? path, CancellationToken cancellation)
        {
            ReadOnlyMemory<byte>? kept = null;
            async Task<long> CopyAsync(Stream stream)
            {
                using var copy = new KeptCopy(stream, PlotReader.OutputSizeBytesMax);
                var bytes = await client.OutputAsync(job, copy, cancellation);
                kept = copy.Bytes;
                return bytes;
            }

            if (path is null)
            {
                await CopyAsync(Stream.Null);
            }
            else
            {
                await WriteAsync(path, CopyAsync);
            }

            await PlotFile.DrawAsync(picture, kept, $"The output of {job}", terminal);
        }

        private async Task WriteAsync(string? path, Func<Stream, Task<long>> write)
        {
            long bytes = 0;
            await OutputFile.WriteAsync(path, terminal, async stream => bytes = await write(stream));
            if (path is not null)
            {
                terminal.Note($"Wrote {Wording.Bytes(bytes)} to {path}.");
            }
        }
    }
}
