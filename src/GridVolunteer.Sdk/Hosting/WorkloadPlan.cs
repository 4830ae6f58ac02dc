using System.Text.Json;

namespace GridVolunteer.Sdk.Hosting;

/// <summary>A job split into units.</summary>
public sealed record WorkloadPlan
{
    /// <summary>The parameters to run with: defaults filled in, one JSON object.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>Units, at least 1.</summary>
    public required long Units { get; init; }

    /// <summary>
    /// One input for each unit, at most 64 KiB each, or null when units are told by their index alone.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>>? Table { get; init; }

    /// <summary>Children of a merge unit, 2 to 1,024, or 0 for no merge. Default 64.</summary>
    public int MergeFanIn { get; init; } = 64;

    /// <summary>Seconds one unit takes on one thread, roughly. Default 1.</summary>
    public double UnitSecondsEstimate { get; init; } = 1;

    /// <summary>How long one unit may run. Default 1 h.</summary>
    public TimeSpan UnitTimeLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The largest result of a unit, in bytes. Default 16 MiB.</summary>
    public long ResultSizeBytesMax { get; init; } = 16 << 20;

    /// <summary>When two results of a unit agree. Exact bytes by default.</summary>
    public Agreement Agreement { get; init; } = Agreement.Exact;

    /// <summary>What a machine must be and have.</summary>
    public MachineNeeds Needs { get; init; } = new();

    /// <summary>Media type of the merged output.</summary>
    public string OutputType { get; init; } = "application/json";
}
