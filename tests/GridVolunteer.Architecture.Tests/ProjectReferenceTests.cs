using System.Text.RegularExpressions;

namespace GridVolunteer.Architecture.Tests;

/// <summary>
/// References run one way. The table is the design; a change here is a change of the design.
/// </summary>
public sealed partial class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Directions = new()
    {
        ["GridVolunteer.Sdk"] = [],
        ["GridVolunteer.Protocol"] = [],
        ["GridVolunteer.Groups"] = [],
        ["GridVolunteer.Coordination"] = ["GridVolunteer.Protocol"],
        ["GridVolunteer.Coordinator"] = ["GridVolunteer.Coordination", "GridVolunteer.Groups"],
        ["GridVolunteer.Cluster"] = ["GridVolunteer.Coordinator"],
        ["GridVolunteer.Peer"] = ["GridVolunteer.Groups", "GridVolunteer.Protocol"],
        ["GridVolunteer.Agent"] = ["GridVolunteer.Peer", "GridVolunteer.Sdk"],
        ["GridVolunteer.Cli"] = ["GridVolunteer.Agent", "GridVolunteer.Coordinator"],
    };

    private static readonly string[] Pure =
        ["GridVolunteer.Sdk", "GridVolunteer.Protocol", "GridVolunteer.Groups", "GridVolunteer.Coordination",
         "GridVolunteer.Peer"];

    private readonly IReadOnlyDictionary<string, ProjectFile> _source = ProjectFile.Below("src");

    [Fact]
    public void SourceProjects_AreThoseOfTheDesign() =>
        Assert.Equal(Directions.Keys.Order(), _source.Keys.Order());

    [Fact]
    public void SourceProjects_ReferenceWhatTheDesignSaysAndNothingElse() =>
        Assert.All(Directions, d => Assert.Equal(d.Value.Order(), _source[d.Key].References.Order()));

    [Fact]
    public void Workloads_ReferenceTheSdkOnly() =>
        Assert.All(
            ProjectFile.Below("workloads").Values,
            p => Assert.Equal(["GridVolunteer.Sdk"], p.References));

    [Fact]
    public void PureProjects_NeedNoPackageAndNoFramework() =>
        Assert.All(Pure, name =>
        {
            Assert.Empty(_source[name].Packages);
            Assert.Empty(_source[name].Frameworks);
        });

    [Fact]
    public void Versions_StandInOnePlace() =>
        Assert.All(
            Repository.BuiltFiles("", "*.csproj"),
            path => Assert.DoesNotContain(" Version=", Repository.Read(path), StringComparison.Ordinal));

    [Fact]
    public void EveryProject_IsInTheSolution()
    {
        var solution = Repository.Read("GridVolunteer.sln").Replace('\\', '/');
        // Deeper ones are what a test builds for itself.
        Assert.All(
            new[] { "src", "workloads", "samples", "tests" }.SelectMany(f => Repository.BuiltFiles(f, "*.csproj"))
                .Where(path => path.Count(c => c == '/') == 2),
            path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
    }

    /// <summary>
    /// The cluster's packages are not to be had everywhere. What a configuration does not build it does not
    /// restore either, so Debug and Release need none of them.
    /// </summary>
    [Fact]
    public void TheCluster_IsBuiltInTheConfigurationClusterOnly()
    {
        var solution = Repository.Lines("GridVolunteer.sln");
        var ids = solution.Select(line => ProjectLine().Match(line)).Where(m => m.Success)
            .ToDictionary(m => m.Groups["id"].Value, m => m.Groups["name"].Value);
        var built = solution.Select(line => BuildLine().Match(line)).Where(m => m.Success)
            .ToLookup(m => m.Groups["configuration"].Value, m => ids[m.Groups["id"].Value]);
        Assert.Equal(
            [.. _source.Keys.Append("GridVolunteer.Cluster.Tests").Order(), "OptionPricing", "ParameterSweep",
             "ProteinSearch"],
            built["Cluster"].Distinct().Order());
        Assert.DoesNotContain(
            built["Debug"].Concat(built["Release"]), name => name.StartsWith("GridVolunteer.Cluster", StringComparison.Ordinal));
    }

    [GeneratedRegex("""^Project\("[^"]+"\) = "(?<name>[^"]+)", "[^"]+", "(?<id>[^"]+)"$""")]
    private static partial Regex ProjectLine();

    [GeneratedRegex(@"^\s*(?<id>\{[^}]+\})\.(?<configuration>\w+)\|[^.]+\.Build\.0 = ")]
    private static partial Regex BuildLine();
}
