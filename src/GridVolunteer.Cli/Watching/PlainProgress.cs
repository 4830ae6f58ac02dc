using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Watching;

/// <summary>Progress as lines of text: one when the state changes or another twentieth is done.</summary>
/// <param name="output">Where the lines go.</param>
public sealed class PlainProgress(TextWriter output) : IJobProgress
{
    private const int StepsShownMax = 20;

    /// <inheritdoc/>
    public async Task<JobView> ShowAsync(IAsyncEnumerable<JobView> views)
    {
        JobView? last = null;
        var shown = (State: default(JobState?), Step: -1L, Waiting: default(string));
        await foreach (var job in views)
        {
            last = job;
            var (decided, total) = JobText.Steps(job);
            var next = (job.State, decided * StepsShownMax / Math.Max(1, total), job.Waiting);
            if (next != shown)
            {
                shown = next;
                await output.WriteLineAsync($"{job.JobId} {JobText.Progress(job),5}  {JobText.Line(job)}");
                await output.FlushAsync();
            }
        }

        return last ?? throw new InvalidOperationException("A followed job has at least one view.");
    }
}
