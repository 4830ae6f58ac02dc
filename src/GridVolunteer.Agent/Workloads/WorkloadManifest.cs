using System.Text.Json;
using System.Text.RegularExpressions;

namespace GridVolunteer.Agent.Workloads;

/// <summary>What <c>workload.json</c> at the root of a package says.</summary>
/// <param name="Name">1 to 100 characters: a letter, then letters, digits, <c>.</c>, <c>_</c> and
/// <c>-</c>.</param>
/// <param name="Version">Two to four numbers with dots, then perhaps a hyphen and a tag: <c>0.1.0</c>,
/// <c>2.0.1-beta</c>.</param>
/// <param name="Assembly">File name of the assembly that holds the workload, at the root of the
/// package.</param>
public sealed partial record WorkloadManifest(string Name, string Version, string Assembly)
{
    /// <summary>The manifest's file name.</summary>
    public const string FileName = "workload.json";

    private const int SizeBytesMax = 64 * 1024;

    private const int MatchTimeoutMs = 1000;

    /// <summary>Reads and checks the manifest of an unpacked package or a build output.</summary>
    /// <exception cref="WorkloadLoadException">It is absent, unreadable or wrong; all faults are named at
    /// once.</exception>
    public static WorkloadManifest ReadFrom(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new WorkloadLoadException(
                $"There is no {FileName} in {folder}. It names the workload: " +
                """{ "name": "MyWorkload", "version": "0.1.0", "assembly": "MyWorkload.dll" }.""");
        }

        if (new FileInfo(path).Length > SizeBytesMax)
        {
            throw new WorkloadLoadException($"{FileName} is larger than {SizeBytesMax / 1024} KiB.");
        }

        return Parse(File.ReadAllBytes(path));
    }

    /// <summary>Reads and checks a manifest from its JSON.</summary>
    /// <exception cref="WorkloadLoadException">It is unreadable or wrong; all faults are named at
    /// once.</exception>
    public static WorkloadManifest Parse(ReadOnlySpan<byte> json)
    {
        WorkloadManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, WorkloadManifestJson.Default.WorkloadManifest);
        }
        catch (JsonException e)
        {
            throw new WorkloadLoadException($"{FileName} is no valid JSON: {e.Message}", e);
        }

        var faults = Faults(manifest).ToArray();
        return faults.Length == 0
            ? manifest!
            : throw new WorkloadLoadException($"{FileName} is wrong: {string.Join("; ", faults)}.");
    }

    private static IEnumerable<string> Faults(WorkloadManifest? manifest)
    {
        if (manifest is null)
        {
            yield return "it is null";
            yield break;
        }

        if (!NamePattern().IsMatch(manifest.Name ?? ""))
        {
            yield return "'name' must be a letter followed by up to 99 letters, digits, '.', '_' or '-'";
        }

        if (!VersionPattern().IsMatch(manifest.Version ?? ""))
        {
            yield return "'version' must be numbers with dots such as 0.1.0";
        }

        if (!AssemblyPattern().IsMatch(manifest.Assembly ?? ""))
        {
            yield return "'assembly' must be the file name of a .dll at the root of the package";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9._-]{0,99}\z", RegexOptions.ExplicitCapture, MatchTimeoutMs)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,9}){1,3}(-[A-Za-z0-9.-]{1,64})?\z", RegexOptions.ExplicitCapture, MatchTimeoutMs)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,199}\.dll\z", RegexOptions.ExplicitCapture, MatchTimeoutMs)]
    private static partial Regex AssemblyPattern();
}
