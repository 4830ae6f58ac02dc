using System.Text.Json;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>The instructions of a Dockerfile, each with what follows it.</summary>
internal sealed class Dockerfile
{
    private readonly List<(string Keyword, string Text)> _instructions;

    private Dockerfile(IEnumerable<string> lines) => _instructions =
    [
        .. lines.Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])),
    ];

    /// <summary>The images that stages begin with.</summary>
    public IEnumerable<string> Bases => All("FROM").Select(from => from.Split(' ')[0]);

    /// <summary>What the container runs.</summary>
    public IReadOnlyList<string> EntryPoint => Words(Last("ENTRYPOINT"));

    /// <summary>How the container's health is asked for.</summary>
    public IReadOnlyList<string> HealthCheck => Words(Last("HEALTHCHECK").Split(" CMD ")[1]);

    public string User => Last("USER");

    /// <summary>Variables that are set.</summary>
    public IEnumerable<string> Variables => All("ENV").SelectMany(env => env.Split(' ')).Select(set => set.Split('=')[0]);

    /// <summary>What is copied from the repository.</summary>
    public IEnumerable<string> Copied => All("COPY").Where(copy => !copy.StartsWith("--", StringComparison.Ordinal))
        .SelectMany(copy => copy.Split(' ')[..^1]);

    /// <summary>What building it runs.</summary>
    public IEnumerable<string> Runs => All("RUN");

    public static Dockerfile Read(string path) => new(File.ReadLines(RepositoryFiles.Path(path)));

    private IEnumerable<string> All(string keyword) =>
        _instructions.Where(line => line.Keyword == keyword).Select(line => line.Text);

    private string Last(string keyword) => All(keyword).Last();

    private static string[] Words(string json) => JsonSerializer.Deserialize<string[]>(json)!;
}
