using System.Text.Json;

namespace GridVolunteer.Sdk.Hosting;

/// <summary>What merging works from.</summary>
public class MergeContext
{
    /// <summary>The merge level, from 1.</summary>
    public required int Level { get; init; }

    /// <summary>The merge unit's index in its level.</summary>
    public required long Index { get; init; }

    /// <summary>True for the one merge whose result is the job's output.</summary>
    public required bool IsLast { get; init; }

    /// <summary>Results of the children in order; null where one failed for good.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>?> Children { get; init; }

    /// <summary>
    /// Work units that <see cref="Children"/> stand for, first one: with level 1 and fan-in 64, 64 × index.
    /// </summary>
    public required long FirstChild { get; init; }

    /// <summary>The job's parameters as the plan left them.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>Inputs: file paths by name. Read only.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }
}
