using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// Which workload jobs run, those that are over too, so that what an agent learnt from one job serves another
/// of the same workload. Bounded.
/// </summary>
internal sealed class WorkloadMemory
{
    /// <summary>Jobs remembered, the latest.</summary>
    public const int JobsMax = 1024;

    private readonly Dictionary<JobId, (string Workload, double Guess)> _jobs = [];
    private readonly Queue<JobId> _order = new();

    /// <summary>Remembers a job's workload, and its submitter's guess of a unit's seconds.</summary>
    public void Note(JobId job, JobSubmission submission)
    {
        if (_jobs.TryAdd(job, (submission.Workload, submission.UnitSecondsEstimate)))
        {
            _order.Enqueue(job);
            if (_order.Count > JobsMax)
            {
                _jobs.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>
    /// How long a volunteer will take for a unit: as measured for this job and level; else as its latest job
    /// of the same workload took, compared with what the submitters guessed of both; else the submitter's
    /// guess.
    /// </summary>
    public TimeSpan Expected(EstimateBook book, JobId job, int level, JobSubmission submission) =>
        book.Expected(job, level) ?? TimeSpan.FromSeconds(
            Math.Clamp(
                Similar(book, job, level, submission), EstimateBook.SecondsMin, EstimateBook.SecondsMax));

    private double Similar(EstimateBook book, JobId job, int level, JobSubmission submission)
    {
        var isMerge = level > 0;
        double? elsewhere = null;
        foreach (var entry in book.Entries)
        {
            if (entry.Level > 0 != isMerge)
            {
                continue;
            }

            if (entry.Job == job)
            {
                return entry.Seconds;
            }

            if (elsewhere is null && _jobs.TryGetValue(entry.Job, out var other)
                && other.Workload == submission.Workload)
            {
                // Submitters guess the seconds of work units, not of merges.
                elsewhere = isMerge
                    ? entry.Seconds
                    : entry.Seconds / other.Guess * submission.UnitSecondsEstimate;
            }
        }

        return elsewhere ?? submission.UnitSecondsEstimate;
    }
}
