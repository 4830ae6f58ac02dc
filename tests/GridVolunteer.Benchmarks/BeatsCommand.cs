using System.CommandLine;
using GridVolunteer.Benchmarks.Clusters;
using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks;

/// <summary>The verb that measures what volunteers cost that only beat.</summary>
internal sealed class BeatsCommand : SiloCommand
{
    private readonly Option<int> _silos = LoadFlags.Number("--silos", 1, "Silos of the cluster.");
    private readonly Option<int> _volunteers = LoadFlags.Number("--volunteers", 20_000, "Volunteers, 100 or more.");
    private readonly TimeFlags _times = new(warmUpSeconds: 20, seconds: 20);

    /// <summary>The verb.</summary>
    public BeatsCommand()
        : base("beats", "Measures processor time of a heartbeat, and memory of a volunteer, on a cluster.")
    {
        foreach (var option in (Option[])[_silos, _volunteers, .. _times.All])
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(
        ParseResult parsed, string program, CancellationToken cancellationToken)
    {
        var options = new LoadOptions
        {
            Agents = Math.Max(100, parsed.GetValue(_volunteers)),
            Jobs = 0,
            UnitsPerJob = 0,
            Batch = 1,
            Quorum = 1,
            Folder = Path.GetTempPath(),
            WarmUp = _times.WarmUp(parsed),
            Measured = _times.Measured(parsed),
        };
        var report = await new BeatRun(options, Cluster(program, parsed.GetValue(_silos)), Console.WriteLine)
            .RunAsync(cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"""
            {report.Beats:N0} heartbeats of {report.Volunteers:N0} volunteers on {report.Silos} silos, {report.BeatsPerSecond:N0} a second
            processor time of each, silos + Redis: {report.MicrosecondsPerBeat[0]:F1} + {report.MicrosecondsPerBeat[1]:F1} us
            resident memory of silos and Redis grew by {report.BytesPerVolunteer:N0} bytes for each volunteer
            """));
        return 0;
    }
}
