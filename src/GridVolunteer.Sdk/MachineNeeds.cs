namespace GridVolunteer.Sdk;

/// <summary>What a machine must be and have to compute a job's units. Nothing is needed by default.</summary>
public sealed record MachineNeeds
{
    /// <summary>One of <c>linux</c>, <c>windows</c>, <c>macos</c>; empty for any.</summary>
    public IReadOnlyList<string> OperatingSystems { get; init; } = [];

    /// <summary><c>x64</c>, <c>arm64</c>; empty for any.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>Memory, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Disk space, in bytes.</summary>
    public long DiskBytes { get; init; }

    /// <summary>Programs on the path, lower case; those of <see cref="KnownPrograms"/>.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];
}
