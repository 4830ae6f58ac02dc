using System.Collections.ObjectModel;
using System.Text.Json;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Work;

/// <summary>
/// What an agent needs once per job to compute any unit of it. Never changes; agents cache it.
/// </summary>
public sealed record JobRecipe
{
    /// <summary>The job.</summary>
    public required JobId Job { get; init; }

    /// <summary>The workload's package (a zip with <c>workload.json</c> at its root).</summary>
    public required BlobId Package { get; init; }

    /// <summary>Name of the workload, for people.</summary>
    public required string Workload { get; init; }

    /// <summary>The job's parameters, one JSON object.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>Inputs by name.</summary>
    public IReadOnlyDictionary<string, BlobId> Inputs
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, BlobId>.Empty;
    } = ReadOnlyDictionary<string, BlobId>.Empty;

    /// <summary>Work units at level 0.</summary>
    public required long Units { get; init; }

    /// <summary>Children of a merge unit, or 0 when the job does not merge.</summary>
    public required int MergeFanIn { get; init; }

    /// <summary>Where the units' random numbers start; every unit derives its own stream from it.</summary>
    public required long Seed { get; init; }

    /// <summary>How long one unit may run before it counts as hanging, in seconds.</summary>
    public required double UnitTimeLimitSeconds { get; init; }

    /// <summary>The largest result of a unit, in bytes.</summary>
    public required long ResultSizeBytesMax { get; init; }
}
