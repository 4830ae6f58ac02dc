using System.CommandLine;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Workloads;

/// <summary><c>workload new NAME</c>: the project of a new workload, one that works already.</summary>
public static class NewVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var name = new Argument<string>("NAME") { Description = "The workload's name: a letter, then letters, digits or '_'." };
        var folder = new Option<string?>("--folder")
        {
            HelpName = "DIR",
            Description = "Where the project goes; a folder of the workload's name by default.",
        };
        var verb = new Verb(
            "new", "Writes the project of a new workload: a small one that works, to put your science in.",
            "gridvolunteer workload new Pendulum") { name, folder };
        return verb.Does((parsed, _) =>
        {
            var given = parsed.GetRequiredValue(name);
            var target = parsed.GetValue(folder) ?? given;
            Write(given, target, host);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Write(string name, string folder, CliHost host)
    {
        IReadOnlyList<string> files;
        try
        {
            files = WorkloadTemplate.Write(name, folder, AppContext.BaseDirectory);
        }
        catch (WorkloadLoadException e)
        {
            throw CliException.WrongUse(e.Message, e);
        }

        var output = host.Terminal.Out;
        output.WriteLine($"Wrote {name} to {folder}:");
        foreach (var file in files)
        {
            output.WriteLine($"  {file}");
        }

        var code = files.First(file => file.EndsWith(".cs", StringComparison.Ordinal));
        output.WriteLine($"Your science goes into {Path.Combine(folder, code)}. Next:");
        output.WriteLine($"  {CommandPath.Program} workload test {folder}");
        output.WriteLine($"  {CommandPath.Program} submit {folder} --watch");
    }
}
