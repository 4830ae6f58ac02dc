using System.CommandLine;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>
/// The silo's executable. This project is built where the cluster's packages cannot be had, so it does not refer to
/// it: it runs what was built.
/// </summary>
internal static class SiloProgram
{
    private const string Built = "src/GridVolunteer.Cluster/bin/Release/net10.0/gridvolunteer-silo.dll";

    /// <summary>An option that names it.</summary>
    public static Option<string?> Option() => new("--silo")
    {
        HelpName = "DLL",
        Description = "The silo's program. Default: the one of this repository, built with dotnet build -c Cluster.",
    };

    /// <summary>The program that was named, or the one that was built; an error says how to build it.</summary>
    public static string? Find(string? named, out string? error)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); named is null && folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, Built);
            named = File.Exists(path) ? path : null;
        }

        var isThere = File.Exists(named);
        error = isThere
            ? null
            : $"The silo's program {named ?? Built} is not there. Build it with: dotnet build -c Cluster";
        return isThere ? Path.GetFullPath(named!) : null;
    }
}
