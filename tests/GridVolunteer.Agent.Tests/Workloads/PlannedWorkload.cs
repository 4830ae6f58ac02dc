using GridVolunteer.Agent.Workloads;
using GridVolunteer.Sdk;

namespace GridVolunteer.Agent.Tests.Workloads;

/// <summary>A workload whose plan is as wrong as its parameters ask for. This test assembly is its package.</summary>
[Input("text", "Anything.", Optional = true)]
public sealed class PlannedWorkload : Workload<PlannedParameters, object, double[]>
{
    private static int _calls;

    internal static WorkloadPackage Pack(TempFolder folder)
    {
        var build = Directory.CreateDirectory(folder["built"]).FullName;
        const string Assembly = "GridVolunteer.Agent.Tests.dll";
        File.Copy(Path.Combine(AppContext.BaseDirectory, Assembly), Path.Combine(build, Assembly));
        File.WriteAllText(
            Path.Combine(build, "workload.json"), $$"""{ "name": "Planned", "version": "0.1.0", "assembly": "{{Assembly}}" }""");
        return WorkloadPackager.PackFolder(build, folder["planned.gvw"]);
    }

    protected override JobPlan<object> Plan(JobContext<PlannedParameters> job, CancellationToken cancellationToken)
    {
        var units = job.Parameters.Units;
        var entries = Enumerable.Range(0, (int)Math.Min(units, 100_000)).Select(i => (object)i);
        var plan = job.Parameters.Kind switch
        {
            "short" => JobPlan.Table(entries, units + 1),
            "long" => JobPlan.Table(entries, units - 1),
            "large" => JobPlan.Table<object>([new string('x', 70_000)]),
            "count" => JobPlan.Table(entries, units),
            "throws" => throw new DivideByZeroException(),
            "refuses" => throw new WorkloadException("Give me more."),
            _ => JobPlan.Table(entries, units),
        };
        return plan with
        {
            UnitSecondsEstimate = job.Parameters.Kind == "slow" ? 100 : 1,
            MergeFanIn = job.Parameters.Kind == "fanin" ? 1 : 64,
            Agreement = Agreement.Within(0.5, 0.25),
            Needs = new MachineNeeds { Programs = ["python3"] },
            UnitTimeLimit = TimeSpan.FromSeconds(90),
        };
    }

    protected override ValueTask<double[]> ComputeAsync(
        UnitContext<PlannedParameters, object> unit, CancellationToken cancellationToken) => unit.Parameters.Kind switch
        {
            "nan" => throw new ArithmeticException("lost count"),
            "far" => ValueTask.FromResult(new[] { 1000.0 * RunsOfTheProcess() }),
            "near" => ValueTask.FromResult(new[] { 1000 + (0.001 * RunsOfTheProcess()) }),
            "static" => ValueTask.FromResult(new[] { (double)++_calls }),
            _ => ValueTask.FromResult(new[] { unit.Index + unit.Random.NextDouble() }),
        };

    protected override double[] Merge(MergeSet<double[]> results, JobContext<PlannedParameters> job) =>
        [results.Results.Sum(r => r[0])];

    /// <summary>Counts where no load context keeps anything apart, as a clock would.</summary>
    private static int RunsOfTheProcess()
    {
        var runs = (AppContext.GetData(nameof(RunsOfTheProcess)) as int? ?? 0) + 1;
        AppContext.SetData(nameof(RunsOfTheProcess), runs);
        return runs;
    }
}
