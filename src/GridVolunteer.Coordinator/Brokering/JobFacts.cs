using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>What never changes about a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Submission">As it was submitted.</param>
public sealed record JobFacts(JobId Job, JobSubmission Submission)
{
    /// <summary>What an agent needs once per job.</summary>
    public JobRecipe Recipe { get; } = new()
    {
        Job = Job,
        Package = Submission.Package,
        Workload = Submission.Workload,
        Parameters = Submission.Parameters,
        Inputs = Submission.Inputs,
        Units = Submission.Units,
        MergeFanIn = Submission.MergeFanIn,
        Seed = Submission.Seed,
        UnitTimeLimitSeconds = Submission.UnitTimeLimitSeconds,
        ResultSizeBytesMax = Submission.ResultSizeBytesMax,
    };

    /// <summary>Units of a level; 0 for one that the job does not have.</summary>
    public long UnitsAtLevel(int level) =>
        level == 0 ? Submission.Units
        : level < 0 || level > LastLevel ? 0
        : WorkGeometry.UnitsAtLevel(Submission.Units, level, Submission.MergeFanIn);

    /// <summary>Shards of a level; 0 for one that the job does not have.</summary>
    public int ShardsAtLevel(int level) => WorkGeometry.ShardCount(UnitsAtLevel(level));

    private int LastLevel { get; } = WorkGeometry.LastLevel(Submission.Units, Submission.MergeFanIn);
}
