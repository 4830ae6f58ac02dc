using GridVolunteer.Agent.Workloads;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Cli.Workloads;

/// <summary>What <c>workload inspect</c> finds.</summary>
public sealed record InspectReport
{
    /// <summary>The workload's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>What it does.</summary>
    public required string Summary { get; init; }

    /// <summary>The package as a blob.</summary>
    public required BlobId Package { get; init; }

    /// <summary>The parameters it takes.</summary>
    public required IReadOnlyList<ParameterInfo> Parameters { get; init; }

    /// <summary>The inputs it takes.</summary>
    public required IReadOnlyList<InputInfo> Inputs { get; init; }

    /// <summary>True when it takes parameters and inputs of any other name as well.</summary>
    public required bool AcceptsOthers { get; init; }

    /// <summary>The package's files.</summary>
    public required IReadOnlyList<PackageEntry> Files { get; init; }
}
