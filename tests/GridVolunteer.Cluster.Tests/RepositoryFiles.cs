using System.Reflection;

namespace GridVolunteer.Cluster.Tests;

/// <summary>Files of the repository that this was built in.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The built workload that makes trouble when it is told to.</summary>
    public static string TroubleFolder { get; } = Metadata("TroubleFolder");

    public static string Path(string path) => System.IO.Path.Combine(Root, path);

    private static string Metadata(string key) => typeof(RepositoryFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
