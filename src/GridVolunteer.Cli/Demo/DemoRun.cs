using System.Text.Json;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Cli.Submission;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Demo;

/// <summary>
/// The demo's story: four agents search a protein database, one of them loses power half way, the others take
/// its work over, and the answer is right nevertheless.
/// </summary>
/// <param name="view">Shows it.</param>
/// <param name="clock">The clock.</param>
public sealed class DemoRun(IDemoView view, TimeProvider clock)
{
    private const string Workload = "ProteinSearch";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(55);

    private readonly long _began = clock.GetTimestamp();

    /// <summary>Time since the demo began.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_began);

    /// <summary>Runs the demo with all its data in <paramref name="folder"/>.</summary>
    /// <returns>How it went; the caller judges it.</returns>
    /// <exception cref="CliException">It could not be run to its end.</exception>
    public async Task<DemoResult> RunAsync(string folder, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await TellStoryAsync(folder, linked.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested
            && !cancellation.IsCancellationRequested)
        {
            throw new CliException(
                $"The demo did not end within {TimeLimit.TotalSeconds:0} s. Is the machine very busy?");
        }
    }

    private async Task<DemoResult> TellStoryAsync(string folder, CancellationToken cancellation)
    {
        await using var grid = await DemoGrid.StartAsync(folder, clock, cancellation);
        Tell($"A coordinator is up at {grid.Client.Coordinator.Authority}, with heartbeats of 1 s and a limit of 5 s.");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var director = new DemoDirector(grid, view, () => Elapsed);
        var following = director.FollowAsync(ended.Token);
        try
        {
            var arriving = grid.StartAgentsAsync(folder, cancellation);
            var planned = await PlanAsync(folder, cancellation);
            await arriving;
            Tell($"{grid.Agents.Count} agents have come: {string.Join(", ", grid.Agents.Select(agent => agent.Name))}.");
            var id = await SubmitAsync(grid, planned, director, cancellation);
            var job = await WaitAsync(grid, director, id, following, cancellation);
            return await ResultAsync(grid, director, job, cancellation);
        }
        finally
        {
            await ended.CancelAsync();
            await following;
        }
    }

    private static async Task<PlannedJob> PlanAsync(string folder, CancellationToken cancellation)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, "submit")).FullName;
        var package = await WorkloadSource.ResolveAsync(Workload, work, cancellation);
        return await JobPlanner.PlanAsync(
            package, new Dictionary<string, string>(), DemoSample.Extract(work), work, cancellation);
    }

    private async Task<JobId> SubmitAsync(
        DemoGrid grid, PlannedJob planned, DemoDirector director, CancellationToken cancellation)
    {
        director.Begin(planned.Plan.Units);
        var settings = new SubmissionSettings { Name = "haemoglobin search" };
        var id = await new Submitter(grid.Client, clock).SubmitAsync(planned, settings, cancellation);
        Tell($"Submitted {id}: {planned.Package.Manifest.Name}, {Wording.Counted(planned.Plan.Units, "unit")}.");
        return id;
    }

    private async Task<JobView> WaitAsync(
        DemoGrid grid, DemoDirector director, JobId id, Task following, CancellationToken cancellation)
    {
        while (true)
        {
            var job = await grid.Client.JobAsync(id, cancellation);
            director.Draw();
            grid.ThrowIfAgentEnded();
            if (following.IsCompleted)
            {
                await following;
            }

            if (job.State.IsOver())
            {
                await director.CatchUpAsync(job.UnitsValidated, cancellation);
                Tell($"{id} is {Wording.State(job.State)}.");
                return job;
            }

            await Task.Delay(LookEvery, clock, cancellation);
        }
    }

    private async Task<DemoResult> ResultAsync(
        DemoGrid grid, DemoDirector director, JobView job, CancellationToken cancellation)
    {
        JsonElement? output = null;
        if (job.OutputBytes is not null)
        {
            using var bytes = new MemoryStream();
            await grid.Client.OutputAsync(job.JobId, bytes, cancellation);
            output = JsonElement.Parse(bytes.ToArray());
        }

        return new DemoResult
        {
            JobId = job.JobId,
            State = job.State,
            UnitsTotal = job.UnitsTotal,
            UnitsValidated = job.UnitsValidated,
            UnitsReassigned = director.UnitsTakenOver,
            AgentsKilled = grid.Agents.Count(agent => agent.IsKilled),
            Seconds = Math.Round(Elapsed.TotalSeconds, 3),
            Output = output,
        };
    }

    private void Tell(string what) => view.Tell(Elapsed, what);
}
