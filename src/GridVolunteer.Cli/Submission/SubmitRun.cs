using System.CommandLine;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Cli.Watching;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Cli.Submission;

/// <summary>
/// What <c>submit</c> and <c>sweep</c> do: plan here, upload, submit, say what comes next, perhaps wait.
/// </summary>
/// <param name="host">The process.</param>
/// <param name="grid">The options that name the coordinator.</param>
/// <param name="options">The options of the submission.</param>
public sealed class SubmitRun(CliHost host, GridOptions grid, SubmissionOptions options)
{
    /// <summary>Runs a submission.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="source">The workload, as <see cref="WorkloadSource"/> takes it.</param>
    /// <param name="parameters">Parameters by name.</param>
    /// <param name="cancellation">Ends it; what is submitted stays.</param>
    public async Task<ExitCode> RunAsync(
        ParseResult parsed, string source, IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellation)
    {
        using var connection = GridConnection.Open(grid, parsed, host);
        using var scratch = new ScratchFolder("submit");
        var package = await WorkloadSource.ResolveAsync(source, scratch.FullPath, cancellation);
        var planned = await JobPlanner.PlanAsync(
            package, parameters, options.Inputs(parsed), scratch.FullPath, cancellation);
        var submitter = new Submitter(connection.Client, host.Clock) { OnUploaded = TellUpload };
        var job = await submitter.SubmitAsync(planned, options.Settings(parsed), cancellation);

        var json = options.Json(parsed);
        if (json)
        {
            host.Terminal.WriteJson(new JobAccepted(job), ProtocolJson.Default.JobAccepted);
        }
        else
        {
            Tell(job, planned, options.Watch(parsed));
        }

        return options.Watch(parsed)
            ? await JobWaiting.WaitAsync(connection.Client, job, host, toError: json, cancellation)
            : ExitCode.Done;
    }

    private void TellUpload(long done, long total)
    {
        if (host.Terminal.IsErrorInteractive || done == total)
        {
            host.Terminal.Note($"Uploaded {Wording.Bytes(done)} of {Wording.Bytes(total)}");
        }
    }

    private void Tell(JobId job, PlannedJob planned, bool watching)
    {
        var output = host.Terminal.Out;
        output.WriteLine($"Submitted {job}: {planned.Package.Manifest.Name}, {Wording.Counted(planned.Plan.Units, "unit")}.");
        if (!watching)
        {
            output.WriteLine($"Watch it:   {CommandPath.Program} watch {job}");
            output.WriteLine(planned.Plan.MergeFanIn == 0
                ? $"Results:    {CommandPath.Program} results {job}"
                : $"Its output: {CommandPath.Program} output {job}");
        }
    }
}
