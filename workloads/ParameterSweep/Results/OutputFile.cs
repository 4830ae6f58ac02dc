using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.ParameterSweep.Results;

/// <summary>A file's content: as text when it is UTF-8, else as base64.</summary>
public sealed record OutputFile
{
    /// <summary>The text, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The bytes, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Base64 { get; init; }
}
