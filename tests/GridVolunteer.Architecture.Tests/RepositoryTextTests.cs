using System.Text.RegularExpressions;

namespace GridVolunteer.Architecture.Tests;

/// <summary>The repository works on any machine: nothing in it names one.</summary>
public sealed class RepositoryTextTests
{
    private static readonly HashSet<string> BinaryKinds = [".gz", ".png", ".zip", ".gvw"];

    // Written in parts, so that this file does not find itself.
    private static readonly string[] Hosts =
        ["api." + "nuget.org", "registry." + "npmjs", "deb." + "debian", "pypi" + ".org"];

    private static readonly Regex MachinePath = new(
        @"(?<![\w.~>}*])/(work|tmp|root|home|Users)" + "/[A-Za-z.]");

    [Fact]
    public void Files_NameNoPathOfOneMachine() => Report(MachinePath.IsMatch);

    [Fact]
    public void Files_NameNoPackageRegistry() =>
        Report(line => Hosts.Any(h => line.Contains(h, StringComparison.OrdinalIgnoreCase)));

    private static void Report(Predicate<string> isFault)
    {
        var faults =
            from path in Repository.Files("", "*")
            where !BinaryKinds.Contains(Path.GetExtension(path))
                && new FileInfo(Path.Combine(Repository.Root, path)).Length < 1 << 20
            from line in Repository.Lines(path).Index()
            where isFault(line.Item)
            select $"{path}:{line.Index + 1}: {line.Item.Trim()}";
        Assert.True(!faults.Any(), string.Join(Environment.NewLine, faults));
    }
}
