using System.CommandLine;
using System.Globalization;
using System.Text;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Cli.Submission;

namespace GridVolunteer.Cli.Workloads;

/// <summary><c>workload test SOURCE</c>: a few units and the merge, twice, on this machine.</summary>
public static class TestVerb
{
    private const int UnitsDefault = 4;
    private const int OutputShownMax = 2000;

    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var source = new Argument<string>("SOURCE") { Description = WorkloadSource.Description };
        var parameters = JobValueOptions.Parameters();
        var inputs = JobValueOptions.Inputs();
        var units = new Option<int>("--units")
        {
            HelpName = "N",
            Description = "How many units to run, spread over the job.",
            DefaultValueFactory = _ => UnitsDefault,
        };
        units.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && given < 1)
            {
                result.AddError("--units is 1 or more.");
            }
        });
        var seed = new Option<long>("--seed") { HelpName = "N", Description = "Start of the units' random numbers." };
        var verb = new Verb(
            "test", "Runs a few units and the merge here, twice, and says whether the results agree.",
            "gridvolunteer workload test Pendulum",
            "gridvolunteer workload test ./Pendulum --param trials=1000 --input data=./data.csv --units 8")
        {
            Notes = ["Exit code 1 when something failed or two runs differ: the grid would not find a quorum either."],
        };
        foreach (var symbol in (Option[])[parameters, inputs, units, seed])
        {
            verb.Add(symbol);
        }

        verb.Add(source);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var scratch = new ScratchFolder("test");
            var package = await WorkloadSource.ResolveAsync(
                parsed.GetRequiredValue(source), scratch.FullPath, cancellation);
            var options = new TrialOptions
            {
                Parameters = parsed.ByName(parameters),
                Inputs = parsed.ByName(inputs),
                Units = parsed.GetValue(units),
                Seed = parsed.GetValue(seed),
            };
            var progress = new TrialLines(host.Terminal.Out);
            var report = await WorkloadTrial.RunAsync(
                package, options, scratch.FullPath, host.Clock, progress, cancellation);
            Write(report, host.Terminal.Out);
            return report.Passed ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static void Write(TrialReport report, TextWriter output)
    {
        if (report.MergeFault is { } fault)
        {
            output.WriteLine($"merge: {fault}");
        }
        else if (!report.Output.IsEmpty)
        {
            output.WriteLine($"merge of these units alone: {Excerpt(report.Output)}");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The whole job: {Wording.Counted(report.UnitsPlanned, "unit")} of about {report.UnitSeconds:0.###} s "
            + $"(the plan says {report.UnitSecondsEstimate:0.###} s)."));
        output.WriteLine(report.Passed
            ? $"{report.Workload} passed: every result was the same twice."
            : $"{report.Workload} failed.");
    }

    private static string Excerpt(ReadOnlyMemory<byte> bytes)
    {
        var shown = bytes.Length <= OutputShownMax ? bytes : bytes[..OutputShownMax];
        return Encoding.UTF8.GetString(shown.Span) + (shown.Length < bytes.Length ? "…" : "");
    }
}
