using System.Text.Json;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Demo;

/// <summary>How the demo went: the object that <c>demo --json</c> prints as its last line.</summary>
public sealed record DemoResult
{
    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>How the job ended.</summary>
    public required JobState State { get; init; }

    /// <summary>Units in all.</summary>
    public required long UnitsTotal { get; init; }

    /// <summary>Units with a valid result.</summary>
    public required long UnitsValidated { get; init; }

    /// <summary>Units that the killed agent held and another validated.</summary>
    public required long UnitsReassigned { get; init; }

    /// <summary>Agents killed with SIGKILL.</summary>
    public required int AgentsKilled { get; init; }

    /// <summary>How long the demo took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The merged output, or null when there is none.</summary>
    public required JsonElement? Output { get; init; }
}
