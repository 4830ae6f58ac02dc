using System.IO.Compression;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Packs a build output. The same files give the same bytes, and so the same blob: entries are sorted by name
/// and carry one fixed time and no attributes.
/// </summary>
public static class PackageWriter
{
    private const string SdkName = "GridVolunteer.Sdk";

    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Packs everything in <paramref name="folder"/> but GridVolunteer.Sdk, debug symbols and other packages.
    /// </summary>
    /// <returns>The package as read back from <paramref name="packagePath"/>, which appears whole or not at
    /// all.</returns>
    /// <exception cref="WorkloadLoadException">The folder holds no workload, or one that breaks the
    /// limits.</exception>
    public static WorkloadPackage Write(string folder, string packagePath)
    {
        var manifest = WorkloadManifest.ReadFrom(folder);
        if (!File.Exists(Path.Combine(folder, manifest.Assembly)))
        {
            throw new WorkloadLoadException(
                $"{folder} lacks the assembly {manifest.Assembly} that {WorkloadManifest.FileName} names. Build the project first.");
        }

        var packageFolder = Path.GetDirectoryName(Path.GetFullPath(packagePath))!;
        Directory.CreateDirectory(packageFolder);
        var part = Path.Combine(packageFolder, Path.GetRandomFileName());
        try
        {
            using (var output = new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                WriteZip(folder, output);
            }

            _ = WorkloadPackage.Open(part);
            File.Move(part, packagePath, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        return WorkloadPackage.Open(packagePath);
    }

    private static void WriteZip(string folder, Stream output)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create);
        foreach (var (name, path) in Files(folder))
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            entry.LastWriteTime = EntryTime;
            entry.ExternalAttributes = 0;
            using var target = entry.Open();
            using var source = File.OpenRead(path);
            source.CopyTo(target);
        }
    }

    private static IEnumerable<(string Name, string Path)> Files(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(folder, path).Replace('\\', '/')
        where !IsLeftOut(name)
        orderby name
        select (name, path);

    private static bool IsLeftOut(string name) =>
        name.StartsWith(SdkName + ".", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(WorkloadPackage.Extension, StringComparison.OrdinalIgnoreCase);
}
