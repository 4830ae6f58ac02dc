using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>Seconds that one volunteer takes for a unit of a job's level on one thread, learnt from its reports.</summary>
public sealed class EstimateBook
{
    /// <summary>What it takes, or null before the first report.</summary>
    public TimeSpan? Expected(JobId job, int level) => _seconds.TryGetValue((job, level), out var s) ? TimeSpan.FromSeconds(s) : null;

    private readonly Dictionary<(JobId Job, int Level), double> _seconds = [];
}
