using System.Text.RegularExpressions;

namespace GridVolunteer.Architecture.Tests;

/// <summary>One idea per file, named after it, and of a size that fits a head.</summary>
public sealed partial class SourceFileTests
{
    private const int LinesMax = 500;
    private const int ColumnsMax = 160;

    private static readonly string[] ForbiddenFolders = ["Helpers", "Managers", "Common", "Utils", "Misc"];

    private static readonly string[] Files =
        [.. new[] { "src", "workloads", "samples", "tests" }.SelectMany(f => Repository.BuiltFiles(f, "*.cs"))];

    [Fact]
    public void Files_HoldOneTopLevelTypeNamedAsTheFile() => Report(
        from path in Files
        let name = Path.GetFileName(path).Split('.', '`')[0]
        let types = TopLevelTypes(path)
        where types.Count > 1 || types.Any(t => t != name) || (types.Count == 0 && !MayHoldNoType(path))
        select $"{path}: {(types.Count == 0 ? "no type" : string.Join(", ", types))}");

    [Fact]
    public void Files_AreNotLong() => Report(
        from path in Files
        let lines = Repository.Lines(path).Length
        where lines > LinesMax
        select $"{path}: {lines} lines; at most {LinesMax}");

    [Fact]
    public void Lines_AreNotWide() => Report(
        from path in Files
        from line in Repository.Lines(path).Index()
        where line.Item.Length > ColumnsMax
        select $"{path}:{line.Index + 1}: {line.Item.Length} columns; at most {ColumnsMax}");

    [Fact]
    public void Folders_NameDomainIdeasTwoDeepAtMost() => Report(
        from path in Files
        let folders = path.Split('/')[2..^1]
        where folders.Length > 2 || folders.Intersect(ForbiddenFolders).Any()
        select path);

    private static void Report(IEnumerable<string> faults) =>
        Assert.True(!faults.Any(), string.Join(Environment.NewLine, faults));

    private static List<string> TopLevelTypes(string path) =>
        [.. Repository.Lines(path).Select(l => Declaration().Match(l)).Where(m => m.Success)
            .Select(m => m.Groups["name"].Value)];

    private static bool MayHoldNoType(string path) =>
        Path.GetFileName(path) is "Program.cs" or "GlobalUsings.cs" or "AssemblyInfo.cs";

    // Namespaces are file-scoped, so a declaration in the first column is a top-level type.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|abstract|static|partial|readonly|ref|unsafe)\s+)*"
        + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+\S+)\s+(?<name>\w+)")]
    private static partial Regex Declaration();
}
