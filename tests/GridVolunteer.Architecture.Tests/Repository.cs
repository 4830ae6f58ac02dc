namespace GridVolunteer.Architecture.Tests;

/// <summary>The files of the repository this test was built in, without what builds leave behind.</summary>
internal static class Repository
{
    // In a git worktree .git is a file.
    private static readonly HashSet<string> Ignored =
        ["bin", "obj", ".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea"];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Paths relative to the root, with forward slashes, of all files below <paramref name="folder"/>.
    /// </summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var start = Path.Combine(Root, folder);
        return Directory.Exists(start) ? Walk(start, pattern).Select(Relative) : [];
    }

    /// <summary>
    /// As <see cref="Files"/>, without what is copied into users' projects rather than built here.
    /// </summary>
    public static IEnumerable<string> BuiltFiles(string folder, string pattern) =>
        Files(folder, pattern).Where(path => !path.Contains("/Template/", StringComparison.Ordinal));

    /// <summary>The text of a file named as <see cref="Files"/> names it.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The lines of a file named as <see cref="Files"/> names it.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Where(IsOurs).Concat(
            Directory.EnumerateDirectories(folder).Where(IsOurs).SelectMany(f => Walk(f, pattern)));

    private static bool IsOurs(string path) => !Ignored.Contains(Path.GetFileName(path));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GridVolunteer.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("These tests run from a build inside the repository.");
    }
}
