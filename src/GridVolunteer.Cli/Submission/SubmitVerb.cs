using System.CommandLine;
using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Submission;

/// <summary><c>submit WORKLOAD</c>: plans a job on this machine and hands it to the coordinator.</summary>
public static class SubmitVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var options = new SubmissionOptions();
        var workload = new Argument<string>("WORKLOAD") { Description = WorkloadSource.Description };
        var parameters = JobValueOptions.Parameters();
        var verb = new Verb(
            "submit", "Submits a job: a workload with its parameters and inputs.",
            "gridvolunteer submit ProteinSearch --input query=hbb.fa --input database=swissprot.fa.gz --watch",
            "gridvolunteer submit ./MyWorkload --param trials=1000000 --quorum 2")
        {
            Notes =
            [
                "What a workload takes: gridvolunteer workload inspect WORKLOAD.",
                "Exit code 2 when a parameter or input is wrong; with --watch, 0 only when every unit is valid.",
            ],
        };
        verb.Add(workload);
        verb.Add(parameters);
        options.AddTo(verb);
        grid.AddTo(verb);
        var run = new SubmitRun(host, grid, options);
        return verb.Does((parsed, cancellation) => run.RunAsync(
            parsed, parsed.GetRequiredValue(workload), parsed.ByName(parameters), cancellation));
    }
}
