using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Workloads;

/// <summary>A job that is planned and checked: upload its <see cref="Files"/>, then submit it.</summary>
public sealed record PlannedJob
{
    /// <summary>The workload's package.</summary>
    public required WorkloadPackage Package { get; init; }

    /// <summary>What the workload planned.</summary>
    public required WorkloadPlan Plan { get; init; }

    /// <summary>Inputs: file paths by name.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>
    /// For a plan by table: one file for each 64 Ki units. They lie in the folder given to the planner.
    /// </summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>Every file that must be uploaded as a blob, each once.</summary>
    public IEnumerable<string> Files => Inputs.Values.Concat(Tables).Prepend(Package.FilePath).Distinct();

    /// <summary>
    /// The submission, with default name, quorum, priority and seed: set them with <c>with</c>.
    /// </summary>
    /// <param name="requestId">The submitter's own id of the request.</param>
    /// <param name="blobOf">Tells the blob of each of <see cref="Files"/>.</param>
    public JobSubmission ToSubmission(string requestId, Func<string, BlobId> blobOf)
    {
        ArgumentNullException.ThrowIfNull(blobOf);
        return new JobSubmission
        {
            RequestId = requestId,
            Workload = Package.Manifest.Name,
            Package = blobOf(Package.FilePath),
            Parameters = Plan.Parameters,
            Inputs = Inputs.ToDictionary(i => i.Key, i => blobOf(i.Value)),
            Units = Plan.Units,
            Tables = [.. Tables.Select(blobOf)],
            MergeFanIn = Plan.MergeFanIn,
            Agreement = Plan.Agreement is { IsNumeric: true } rule
                ? new AgreementRule(AgreementKind.Numeric, rule.AbsoluteTolerance, rule.RelativeTolerance)
                : AgreementRule.Exact,
            Needs = new JobNeeds
            {
                OperatingSystems = Plan.Needs.OperatingSystems,
                Architectures = Plan.Needs.Architectures,
                MemoryBytes = Plan.Needs.MemoryBytes,
                DiskBytes = Plan.Needs.DiskBytes,
                Programs = Plan.Needs.Programs,
            },
            UnitSecondsEstimate = Plan.UnitSecondsEstimate,
            UnitTimeLimitSeconds = Plan.UnitTimeLimit.TotalSeconds,
            ResultSizeBytesMax = Plan.ResultSizeBytesMax,
            OutputType = Plan.OutputType,
        };
    }
}
