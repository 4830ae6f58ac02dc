using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ParameterSweep.Commands;
using GridVolunteer.Workloads.ParameterSweep.Dimensions;
using GridVolunteer.Workloads.ParameterSweep.Results;
using GridVolunteer.Workloads.ParameterSweep.Running;

namespace GridVolunteer.Workloads.ParameterSweep;

/// <summary>
/// Runs a program that is there already, once for every combination of parameters. Units are told by their
/// index, and the index says the combination, so that a sweep of a billion runs costs nothing to plan.
/// </summary>
[Description("Runs your program once for every combination of parameters, each in a folder of its own.")]
public sealed partial class ParameterSweepWorkload : Workload<SweepParameters, SweepResult>
{
    private const long ResultSizeBytes = 64L << 20;

    private const double SecondsUnlessTold = 10;

    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int FirstSignal = 129;
    private const int LastSignal = 192;

    /// <inheritdoc/>
    protected override JsonSerializerContext Json => ParameterSweepJson.Default;

    /// <inheritdoc/>
    protected override JobPlan<long> Plan(
        JobContext<SweepParameters> job, CancellationToken cancellationToken)
    {
        var parameters = job.Parameters;
        var sweep = Sweep.From(parameters);
        CheckNames(job);
        return JobPlan.Count(sweep.Space.Combinations) with
        {
            UnitSecondsEstimate = parameters.Seconds
                ?? Math.Min(SecondsUnlessTold, parameters.TimeLimitSeconds),
            UnitTimeLimit = TimeSpan.FromSeconds(parameters.TimeLimitSeconds),
            ResultSizeBytesMax = ResultSizeBytes,
            Needs = new MachineNeeds
            {
                MemoryBytes = parameters.MemoryMiB << 20,
                Programs = [.. ProgramsNeeded(parameters, sweep).Distinct()],
                OperatingSystems = parameters.Shell ? ["linux", "macos"] : [],
            },
        };
    }

    /// <inheritdoc/>
    protected override async ValueTask<SweepResult> ComputeAsync(
        UnitContext<SweepParameters, long> unit, CancellationToken cancellationToken)
    {
        var sweep = unit.Shared("sweep", () => Sweep.From(unit.Parameters));
        var combination = sweep.Space[unit.Index];
        string ValueOf(string name) =>
            name == TextTemplate.Index
                ? unit.Index.ToString(CultureInfo.InvariantCulture)
                : combination[name];

        RunFolder.PutInputs(unit.ScratchFolder, unit.Inputs);
        var program = new ProgramRun();
        var command = sweep.Command.Fill(ValueOf);
        var exitCode = await program.RunAsync(command, unit.ScratchFolder, unit.Threads, cancellationToken);
        if (IsFailure(exitCode, unit.Parameters.FailOn))
        {
            throw new WorkloadException(
                $"{string.Join(' ', command)} ended with exit code {exitCode}. {program.Stderr.Text}".TrimEnd());
        }

        var files = RunFolder.TakeOutputs(unit.ScratchFolder, sweep.Outputs.Select(o => o.Fill(ValueOf)));
        if (exitCode == 0 && files.FirstOrDefault(f => f.Value is null).Key is { } missing)
        {
            throw new WorkloadException(
                $"The program ended with exit code 0, but did not write '{missing}'.");
        }

        var run = new Run
        {
            Index = unit.Index,
            Parameters = combination.ToDictionary(c => c.Key, c => AsJson(c.Value)),
            ExitCode = exitCode,
            Stdout = program.Stdout.Text,
            StdoutCutFromBytes = program.Stdout.IsCut ? program.Stdout.TotalBytes : null,
            Stderr = exitCode == 0 ? null : program.Stderr.Text,
            Files = files,
        };
        return new SweepResult([run]);
    }

    /// <inheritdoc/>
    protected override SweepResult Merge(MergeSet<SweepResult> results, JobContext<SweepParameters> job) =>
        RunTable.Join(results.Results);

    /// <inheritdoc/>
    protected override byte[] Output(SweepResult merged, JobContext<SweepParameters> job)
    {
        var space = Sweep.From(job.Parameters).Space;
        var dimensions = space.Dimensions.Select(d => new DimensionOutput(d.Name, d.Values.Count));
        return ToBytes(new SweepOutput([.. dimensions], space.Combinations, merged.Runs, merged.RunsOmitted));
    }

    private static void CheckNames(JobContext<SweepParameters> job)
    {
        var inputs = job.Inputs.Keys.Where(name => name.Contains('/') || !RunFolder.IsInside(name))
            .Select(name => $"The input '{name}' is put into the run's folder under its name, so that must be a file name.");
        var outputs = (job.Parameters.Outputs ?? []).Where(name => !RunFolder.IsInside(name))
            .Select(name => $"The output '{name}' must be a file inside the run's folder, without '..'.");
        var faults = inputs.Concat(outputs).ToArray();
        if (faults.Length > 0)
        {
            throw new WorkloadException(string.Join('\n', faults));
        }
    }

    /// <summary>
    /// Agents report well-known programs only: needing any other would keep the job waiting for ever.
    /// </summary>
    private static IEnumerable<string> ProgramsNeeded(SweepParameters parameters, Sweep sweep)
    {
        foreach (var program in parameters.Programs ?? [])
        {
            yield return KnownPrograms.Contains(program)
                ? program.ToLowerInvariant()
                : throw new WorkloadException(
                    $"Agents do not report the program '{program}'. They report: {string.Join(", ", KnownPrograms.Names)}.");
        }

        if (KnownPrograms.Contains(sweep.Command.FirstWord))
        {
            yield return sweep.Command.FirstWord.ToLowerInvariant();
        }
    }

    private static bool IsFailure(int exitCode, FailOn failOn) => failOn switch
    {
        FailOn.Never => false,
        FailOn.NonZero => exitCode != 0,
        _ => exitCode is NotExecutable or NotFound or (>= FirstSignal and <= LastSignal),
    };

    private static JsonElement AsJson(string value) => JsonElement.Parse(
        PlainNumber().IsMatch(value)
            ? value
            : JsonSerializer.Serialize(value, ParameterSweepJson.Default.String));

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PlainNumber();
}
