using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Watching;

/// <summary>Shows a job's progress while it is followed.</summary>
public interface IJobProgress
{
    /// <summary>Shows every view of <paramref name="views"/> and answers the last.</summary>
    Task<JobView> ShowAsync(IAsyncEnumerable<JobView> views);
}
