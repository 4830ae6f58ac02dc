namespace GridVolunteer.Protocol.Jobs;

/// <summary>What an agent must be and have. Nothing is needed by default.</summary>
public sealed record JobNeeds
{
    /// <summary>One of <c>linux</c>, <c>windows</c>, <c>macos</c>; empty for any.</summary>
    public IReadOnlyList<string> OperatingSystems { get; init => field = value ?? []; } = [];

    /// <summary><c>x64</c>, <c>arm64</c>; empty for any.</summary>
    public IReadOnlyList<string> Architectures { get; init => field = value ?? []; } = [];

    /// <summary>Memory, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Disk space, in bytes.</summary>
    public long DiskBytes { get; init; }

    /// <summary>Programs on the agent's path, lower case.</summary>
    public IReadOnlyList<string> Programs { get; init => field = value ?? []; } = [];
}
