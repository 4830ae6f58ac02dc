using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Submission;

/// <summary>
/// What a command line means by a workload: the name of a built-in one, or a package, a project or a folder.
/// A bare built-in name wins; <c>./ProteinSearch</c> means the folder.
/// </summary>
public static class WorkloadSource
{
    /// <summary>What may be given, for help texts.</summary>
    public static string Description =>
        $"A package (.gvw), a project, its folder, or a built-in workload: {Names}.";

    private static string Names => string.Join(", ", BuiltInWorkload.All.Select(workload => workload.Name));

    /// <summary>The package of <paramref name="source"/>; projects are built.</summary>
    /// <exception cref="CliException">There is nothing of that name.</exception>
    /// <exception cref="WorkloadLoadException">It is no workload, or does not build.</exception>
    public static async Task<WorkloadPackage> ResolveAsync(
        string source, string workFolder, CancellationToken cancellation)
    {
        if (BuiltInWorkload.Find(source) is { } builtIn)
        {
            return WorkloadPackage.Open(builtIn.Extract(workFolder));
        }

        if (!File.Exists(source) && !Directory.Exists(source))
        {
            throw CliException.WrongUse(
                $"There is no workload '{source}': give a package (.gvw), a project or its folder, or one of {Names}.");
        }

        return await WorkloadPackager.ResolveAsync(source, workFolder, cancellation);
    }
}
