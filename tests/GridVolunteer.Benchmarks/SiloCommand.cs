using System.CommandLine;
using GridVolunteer.Benchmarks.Clusters;
using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks;

/// <summary>A verb that runs clusters, for which the silo's program has to be there.</summary>
internal abstract class SiloCommand : Command
{
    private readonly Option<string?> _program = SiloProgram.Option();

    /// <summary>The verb; its own options are to be added.</summary>
    protected SiloCommand(string name, string description)
        : base(name, description)
    {
        Options.Add(_program);
        SetAction(FindAndRunAsync);
    }

    /// <summary>Runs it; answers the exit code.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="program">The silo's program.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected abstract Task<int> RunAsync(ParseResult parsed, string program, CancellationToken cancellationToken);

    /// <summary>What starts a cluster below a folder.</summary>
    protected static Func<string, CancellationToken, Task<ILoadedService>> Cluster(string program, int silos) =>
        async (folder, stop) => await ClusterProcesses.StartAsync(program, silos, folder, stop);

    private async Task<int> FindAndRunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (SiloProgram.Find(parsed.GetValue(_program), out var error) is not { } program)
        {
            await Console.Error.WriteLineAsync(error);
            return 1;
        }

        return await RunAsync(parsed, program, cancellationToken);
    }
}
