using System.Text.RegularExpressions;

namespace GridVolunteer.Architecture.Tests;

/// <summary>What the documents point to is there.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void RelativeLinks_LeadToFiles()
    {
        var faults =
            from page in Repository.BuiltFiles("", "*.md")
            from line in Repository.Lines(page)
            from Match link in Link().Matches(line)
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            let path = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{page}: {target}";
        Assert.True(!faults.Any(), string.Join(Environment.NewLine, faults));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
