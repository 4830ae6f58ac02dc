using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Workloads;

/// <summary><c>workload</c>: what authors of workloads do.</summary>
public static class WorkloadVerb
{
    /// <summary>Makes the verb with its own verbs.</summary>
    public static Verb Create(CliHost host)
    {
        var verb = new Verb(
            "workload", "Makes, tests, packs and inspects workloads: programs made for the grid.",
            "gridvolunteer workload new Pendulum",
            "gridvolunteer workload test Pendulum",
            "gridvolunteer submit Pendulum --watch");
        verb.Add(NewVerb.Create(host));
        verb.Add(TestVerb.Create(host));
        verb.Add(PackVerb.Create(host));
        verb.Add(InspectVerb.Create(host));
        return verb;
    }
}
