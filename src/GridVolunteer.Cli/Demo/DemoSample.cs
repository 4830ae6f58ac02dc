using System.Reflection;

namespace GridVolunteer.Cli.Demo;

/// <summary>
/// The real input of the demo, embedded by the build: human haemoglobin beta, and proteins to look among.
/// </summary>
public static class DemoSample
{
    private const string Prefix = "Samples/";

    /// <summary>Writes the files into <paramref name="folder"/>.</summary>
    /// <returns>Their paths by the name of the input.</returns>
    public static Dictionary<string, string> Extract(string folder) => new(StringComparer.Ordinal)
    {
        ["query"] = Extract("hbb-human.fa", folder),
        ["database"] = Extract("database.fasta.gz", folder),
    };

    private static string Extract(string name, string folder)
    {
        var path = Path.Combine(folder, name);
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"The sample {name} is not embedded.");
        using var target = File.Create(path);
        source.CopyTo(target);
        return path;
    }
}
