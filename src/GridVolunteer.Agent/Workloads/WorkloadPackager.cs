namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Makes a package from whatever an author has at hand: a package, a project, its folder or a build output.
/// </summary>
public static class WorkloadPackager
{
    /// <summary>
    /// The package for <paramref name="source"/>: itself when it is a package, else one made in <paramref
    /// name="workFolder"/>.
    /// </summary>
    /// <param name="source">A <c>.gvw</c> file, a project file, a folder with one project, or a folder with a
    /// built workload.</param>
    /// <param name="workFolder">A folder for what is built; the caller removes it.</param>
    /// <param name="cancellationToken">Stops a build under way.</param>
    /// <exception cref="WorkloadLoadException">There is no workload there, or it does not build; the message
    /// says what to do.</exception>
    public static async Task<WorkloadPackage> ResolveAsync(string source, string workFolder, CancellationToken cancellationToken)
    {
        if (File.Exists(source))
        {
            return IsProject(source)
                ? await PackProjectAsync(source, PathIn(workFolder, source), cancellationToken)
                : WorkloadPackage.Open(source);
        }

        if (!Directory.Exists(source))
        {
            throw new WorkloadLoadException($"There is no workload at {source}: give a package (.gvw), a project or its folder.");
        }

        var projects = Directory.EnumerateFiles(source).Where(IsProject).ToArray();
        return projects switch
        {
            [var project] => await PackProjectAsync(project, PathIn(workFolder, project), cancellationToken),
            [] => PackFolder(source, PathIn(workFolder, WorkloadManifest.ReadFrom(source).Name)),
            _ => throw new WorkloadLoadException($"{source} has {projects.Length} projects: name one of them."),
        };
    }

    /// <summary>Packs a build output that holds <c>workload.json</c>.</summary>
    /// <exception cref="WorkloadLoadException">The folder holds no workload.</exception>
    public static WorkloadPackage PackFolder(string folder, string packagePath) => PackageWriter.Write(folder, packagePath);

    /// <summary>Builds a project with <c>dotnet publish -c Release</c> and packs the outcome.</summary>
    /// <exception cref="WorkloadLoadException">It does not build; the message ends with what the build
    /// printed last.</exception>
    public static async Task<WorkloadPackage> PackProjectAsync(
        string project, string packagePath, CancellationToken cancellationToken)
    {
        var projectPath = Path.GetFullPath(project);
        var projectFolder = Path.GetDirectoryName(projectPath)!;
        var output = Directory.CreateTempSubdirectory("gridvolunteer-pack-").FullName;
        try
        {
            string[] arguments = ["publish", projectPath, "-c", "Release", "-o", output, "-v", "quiet"];
            await DotnetTool.RunAsync(arguments, projectFolder, cancellationToken);

            // An author may well forget to have the manifest copied; it lies beside the project.
            var manifest = Path.Combine(output, WorkloadManifest.FileName);
            var beside = Path.Combine(projectFolder, WorkloadManifest.FileName);
            if (!File.Exists(manifest) && File.Exists(beside))
            {
                File.Copy(beside, manifest);
            }

            return PackFolder(output, packagePath);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static bool IsProject(string path) =>
        Path.GetExtension(path) is ".csproj" or ".fsproj" or ".vbproj";

    private static string PathIn(string folder, string source) =>
        Path.Combine(folder, Path.GetFileNameWithoutExtension(source) + WorkloadPackage.Extension);
}
