using System.Reflection;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Writes the project of a new workload: a small one that works, estimating pi. It builds with nothing but
/// the .NET SDK, because GridVolunteer.Sdk is copied into it.
/// </summary>
public static class WorkloadTemplate
{
    private const string ResourcePrefix = "GridVolunteer.Agent.Workloads.Template.";
    private const string SdkFolder = "sdk";
    private const string NamePlaceholder = "WORKLOAD_NAME";
    private const int NameLengthMax = 100;

    private static readonly string[] SdkFiles = ["GridVolunteer.Sdk.dll", "GridVolunteer.Sdk.xml"];

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally",
        "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long",
        "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch",
        "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while",

        // Not keywords, but an assembly of this name would be mistaken for the platform's.
        "System", "Microsoft", "Windows", "mscorlib", "netstandard",
    };

    /// <summary>Writes the project into a new or empty folder.</summary>
    /// <param name="name">The workload's name and its class's: an identifier of C# in ASCII, at most 100
    /// characters.</param>
    /// <param name="folder">Where the project goes.</param>
    /// <param name="sdkSourceFolder">Where GridVolunteer.Sdk.dll lies: the program's own folder
    /// (<c>AppContext.BaseDirectory</c>).</param>
    /// <returns>The files written, relative to the folder.</returns>
    /// <exception cref="WorkloadLoadException">The name is no identifier, the folder is not empty, or the SDK
    /// is not there.</exception>
    public static IReadOnlyList<string> Write(string name, string folder, string sdkSourceFolder)
    {
        CheckName(name);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new WorkloadLoadException($"{folder} is not empty: choose another name or folder.");
        }

        if (!File.Exists(Path.Combine(sdkSourceFolder, SdkFiles[0])))
        {
            throw new WorkloadLoadException($"There is no {SdkFiles[0]} in {sdkSourceFolder}, which a workload compiles against.");
        }

        Directory.CreateDirectory(Path.Combine(folder, SdkFolder));
        var written = new List<string>();
        foreach (var file in SdkFiles.Where(f => File.Exists(Path.Combine(sdkSourceFolder, f))))
        {
            File.Copy(Path.Combine(sdkSourceFolder, file), Path.Combine(folder, SdkFolder, file));
            written.Add($"{SdkFolder}/{file}");
        }

        var assembly = typeof(WorkloadTemplate).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            var file = resource[ResourcePrefix.Length..].Replace(NamePlaceholder, name, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, file), Read(assembly, resource).Replace(NamePlaceholder, name, StringComparison.Ordinal));
            written.Add(file);
        }

        written.Sort(StringComparer.Ordinal);
        return written;
    }

    private static void CheckName(string name)
    {
        var isIdentifier = name.Length is > 0 and <= NameLengthMax
            && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        if (!isIdentifier || Reserved.Contains(name))
        {
            throw new WorkloadLoadException(
                $"'{name}' cannot name a workload: take a letter, then letters, digits or '_', and no word that C# or .NET reserve.");
        }
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
