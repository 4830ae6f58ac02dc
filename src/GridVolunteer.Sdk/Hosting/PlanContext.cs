using System.Text.Json;

namespace GridVolunteer.Sdk.Hosting;

/// <summary>What planning works from.</summary>
public sealed class PlanContext
{
    /// <summary>
    /// Parameters as given, one JSON object; values from a command line are JSON strings, and numbers are
    /// taken from them.
    /// </summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>Inputs: file paths by name.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }
}
