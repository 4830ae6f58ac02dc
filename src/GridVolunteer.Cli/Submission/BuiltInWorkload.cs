using System.Reflection;

namespace GridVolunteer.Cli.Submission;

/// <summary>A workload that this program brings along: its package is embedded by the build.</summary>
/// <param name="Name">Its name.</param>
public sealed record BuiltInWorkload(string Name)
{
    private const string Prefix = "Workloads/";
    private const string Ending = ".gvw";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<BuiltInWorkload> All { get; } =
    [
        .. typeof(BuiltInWorkload).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)
                && name.EndsWith(Ending, StringComparison.Ordinal))
            .Select(name => new BuiltInWorkload(name[Prefix.Length..^Ending.Length]))
            .OrderBy(workload => workload.Name, StringComparer.Ordinal),
    ];

    /// <summary>The one of that name, upper or lower case, or null.</summary>
    public static BuiltInWorkload? Find(string name) =>
        All.FirstOrDefault(
            workload => string.Equals(workload.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes the package into <paramref name="folder"/>.</summary>
    /// <returns>Its path.</returns>
    public string Extract(string folder)
    {
        var path = Path.Combine(folder, Name + Ending);
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(
            $"{Prefix}{Name}{Ending}")
            ?? throw new InvalidOperationException($"The package of {Name} is not embedded.");
        using var target = File.Create(path);
        source.CopyTo(target);
        return path;
    }
}
