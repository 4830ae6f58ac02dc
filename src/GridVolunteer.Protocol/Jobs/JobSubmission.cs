using System.Collections.ObjectModel;
using System.Text.Json;
using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Protocol.Jobs;

/// <summary>
/// A planned job. The submitter's machine planned it; every blob it names must be uploaded before.
/// </summary>
public sealed record JobSubmission
{
    /// <summary>
    /// The submitter's own id of this request; a retry with the same one makes no second job. At most 64
    /// characters.
    /// </summary>
    public required string RequestId { get; init; }

    /// <summary>Name of the workload, 1 to 100 characters.</summary>
    public required string Workload { get; init; }

    /// <summary>What people call this job; the workload's name by default. At most 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The workload's package.</summary>
    public required BlobId Package { get; init; }

    /// <summary>Parameters, one JSON object of at most 256 KiB.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>Inputs by name.</summary>
    public IReadOnlyDictionary<string, BlobId> Inputs
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, BlobId>.Empty;
    } = ReadOnlyDictionary<string, BlobId>.Empty;

    /// <summary>Work units; at least 1, at most 10^12.</summary>
    public required long Units { get; init; }

    /// <summary>
    /// For a plan by table: one blob for each 64 Ki units, each unit's input as varint length and bytes
    /// (<c>PackedInputs</c>). Empty for a plan by count.
    /// </summary>
    public IReadOnlyList<BlobId> Tables { get; init => field = value ?? []; } = [];

    /// <summary>Children of a merge unit, 2 to 1,024; 0 for a job without a merge. Default 64.</summary>
    public int MergeFanIn { get; set; } = 64;

    /// <summary>Agreeing results that make a unit valid, 1 to 5; default 1.</summary>
    public int Quorum { get; set; } = 1;

    /// <summary>When two results agree; exact bytes by default.</summary>
    public AgreementRule Agreement { get; init => field = value ?? AgreementRule.Exact; } =
        AgreementRule.Exact;

    /// <summary>The job's share relative to others, 1 to 1,000; default 100.</summary>
    public int Priority { get; set; } = 100;

    /// <summary>What an agent must be and have to get units of it.</summary>
    public JobNeeds Needs { get; init => field = value ?? new(); } = new();

    /// <summary>
    /// The submitter's guess of one unit's seconds on one thread, until agents measure; default 1.
    /// </summary>
    public double UnitSecondsEstimate { get; set; } = 1;

    /// <summary>How long one unit may run, in seconds; default 3,600.</summary>
    public double UnitTimeLimitSeconds { get; set; } = 3600;

    /// <summary>The largest result of a unit, in bytes; default 16 MiB, at most 1 GiB.</summary>
    public long ResultSizeBytesMax { get; set; } = 16 << 20;

    /// <summary>Media type of the merged output; default <c>application/json</c>.</summary>
    public string OutputType { get; init => field = value ?? "application/json"; } = "application/json";

    /// <summary>Start of the random streams.</summary>
    public long Seed { get; init; }
}
