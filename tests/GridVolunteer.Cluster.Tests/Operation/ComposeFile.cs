using YamlDotNet.RepresentationModel;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>The compose file of the repository, read as YAML.</summary>
internal sealed class ComposeFile
{
    private readonly YamlMappingNode _root;

    public ComposeFile()
    {
        using var text = File.OpenText(RepositoryFiles.Path("docker-compose.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public IReadOnlyDictionary<string, YamlMappingNode> Services => Map(_root, "services");

    public IReadOnlyCollection<string> Volumes => [.. Map(_root, "volumes").Keys];

    /// <summary>A text, or null where there is none.</summary>
    public static string? Text(YamlMappingNode node, params string[] path)
    {
        YamlNode? found = node;
        foreach (var key in path)
        {
            found = found is YamlMappingNode map && map.Children.TryGetValue(key, out var child) ? child : null;
        }

        return (found as YamlScalarNode)?.Value;
    }

    /// <summary>A list of texts; empty where there is none.</summary>
    public static IReadOnlyList<string> List(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var child) && child is YamlSequenceNode list
            ? [.. list.Select(item => ((YamlScalarNode)item).Value!)]
            : [];

    /// <summary>What lies below a key, by name.</summary>
    public static IReadOnlyDictionary<string, YamlMappingNode> Map(YamlMappingNode node, string key) =>
        ((YamlMappingNode)node.Children[key]).Children.ToDictionary(
            child => ((YamlScalarNode)child.Key).Value!, child => child.Value as YamlMappingNode ?? []);
}
