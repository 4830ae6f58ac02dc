using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.ParameterSweep.Results;

/// <summary>What one run of the program gave. Nothing in it depends on when or where it ran.</summary>
public sealed record Run
{
    /// <summary>The run's number, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Values by dimension; those that look like numbers are numbers.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Parameters { get; init; }

    /// <summary>The program's exit code; 128 and a signal's number when a signal ended it.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What it wrote to its standard output, as UTF-8, at most 64 KiB.</summary>
    public required string Stdout { get; init; }

    /// <summary>Bytes it wrote in all, when that is more than <see cref="Stdout"/> holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? StdoutCutFromBytes { get; init; }

    /// <summary>The last 2 KiB of its standard error; absent when the exit code is 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stderr { get; init; }

    /// <summary>
    /// The files asked for, by name; null for one that a program with an exit code other than 0 did not
    /// write.
    /// </summary>
    public IReadOnlyDictionary<string, OutputFile?> Files { get; init; } =
        new Dictionary<string, OutputFile?>();
}
