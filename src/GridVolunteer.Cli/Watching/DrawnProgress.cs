using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Jobs;
using Spectre.Console;

namespace GridVolunteer.Cli.Watching;

/// <summary>Progress as a bar that a person sees move.</summary>
/// <param name="console">Where it is drawn.</param>
public sealed class DrawnProgress(IAnsiConsole console) : IJobProgress
{
    /// <inheritdoc/>
    public async Task<JobView> ShowAsync(IAsyncEnumerable<JobView> views)
    {
        JobView? last = null;
        await console.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var bar = context.AddTask("…");
                await foreach (var job in views)
                {
                    last = job;
                    var (decided, total) = JobText.Steps(job);
                    bar.MaxValue = Math.Max(1, total);
                    bar.Value = job.State == JobState.Completed ? bar.MaxValue : decided;
                    bar.Description = Markup.Escape($"{job.JobId} {JobText.Line(job)}");
                }
            });
        return last ?? throw new InvalidOperationException("A followed job has at least one view.");
    }
}
