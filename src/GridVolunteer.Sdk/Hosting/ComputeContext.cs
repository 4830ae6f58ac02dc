using System.Text.Json;

namespace GridVolunteer.Sdk.Hosting;

/// <summary>What computing one unit works from.</summary>
public class ComputeContext
{
    /// <summary>The unit's index, from 0.</summary>
    public required long Unit { get; init; }

    /// <summary>The unit's entry of the plan's table; empty for a plan by count.</summary>
    public ReadOnlyMemory<byte> UnitInput { get; init; }

    /// <summary>The job's parameters as the plan left them.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>Inputs: file paths by name. Read only.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>A folder of the unit's own, empty at the start and removed afterwards.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Start of the job's random streams.</summary>
    public required long Seed { get; init; }

    /// <summary>Threads this unit may use. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The last checkpoint of this unit, or null at a fresh start.</summary>
    public ReadOnlyMemory<byte>? Checkpoint { get; init; }

    /// <summary>Says how far the unit is, 0 to 1. Cheap; the host thins it out.</summary>
    public virtual void ReportProgress(double fraction)
    {
    }

    /// <summary>
    /// Keeps the state from which the unit can go on, at most 4 MiB. The host thins it out.
    /// </summary>
    public virtual void SaveCheckpoint(ReadOnlySpan<byte> state)
    {
    }
}
