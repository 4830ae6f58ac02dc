namespace GridVolunteer.Protocol.Agents;

/// <summary>What a job's needs are compared with.</summary>
public sealed record HostFacts
{
    /// <summary><c>linux</c>, <c>windows</c> or <c>macos</c>.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary><c>x64</c> or <c>arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Units the agent runs at once.</summary>
    public required int Threads { get; init; }

    /// <summary>Memory the agent may use, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Disk space the agent may use, in bytes.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>
    /// Programs found on the path among those that jobs commonly name (python3, Rscript…), lower case.
    /// </summary>
    public IReadOnlyList<string> Programs { get; init => field = value ?? []; } = [];

    /// <summary>The agent's version.</summary>
    public string AgentVersion { get; init => field = value ?? ""; } = "";
}
