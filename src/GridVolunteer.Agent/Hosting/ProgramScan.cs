using GridVolunteer.Sdk;

namespace GridVolunteer.Agent.Hosting;

/// <summary>
/// Looks on the path for the programs of <see cref="KnownPrograms"/>. Only these are told: the list of everything that is
/// installed is nobody's business.
/// </summary>
internal static class ProgramScan
{
    /// <summary>Those found in the folders of <paramref name="path"/>, lower case and sorted.</summary>
    public static IReadOnlyList<string> Find(string path)
    {
        var folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        return [.. KnownPrograms.Names
            .Where(name => folders.Exists(folder => File.Exists(Path.Combine(folder, name + ending))))
            .Select(name => name.ToLowerInvariant())
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }
}
