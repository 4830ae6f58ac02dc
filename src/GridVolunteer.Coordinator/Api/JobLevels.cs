using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Api;

/// <summary>The levels of a job and how far each has opened, by arithmetic from its snapshot.</summary>
public static class JobLevels
{
    /// <summary>Units of a level; 0 for one that the job does not have.</summary>
    public static long Units(JobSnapshot job, int level)
    {
        ArgumentNullException.ThrowIfNull(job);
        var submission = job.Submission;
        return level == 0 ? submission.Units
            : level < 0 || level > WorkGeometry.LastLevel(submission.Units, submission.MergeFanIn) ? 0
            : WorkGeometry.UnitsAtLevel(submission.Units, level, submission.MergeFanIn);
    }

    /// <summary>How many of a level's shards were opened; they open in order.</summary>
    public static int OpenedShards(JobSnapshot job, int level)
    {
        var shards = WorkGeometry.ShardCount(Units(job, level));
        return level < job.Level ? shards : level == job.Level ? shards - job.ShardsUnopened : 0;
    }
}
