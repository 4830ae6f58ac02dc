using System.CommandLine;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Cli.Submission;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Cli.Workloads;

/// <summary>
/// <c>workload inspect SOURCE</c>: what a workload is, and which parameters and inputs it takes.
/// </summary>
public static class InspectVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var source = new Argument<string>("SOURCE") { Description = WorkloadSource.Description };
        var json = JsonOption.Create("one object with parameters, inputs and files");
        var verb = new Verb(
            "inspect", "Says what a workload is, and which parameters and inputs it takes.",
            "gridvolunteer workload inspect ProteinSearch",
            "gridvolunteer workload inspect Pendulum.gvw --json")
        {
            Notes = ["The workload's code is loaded into this process to ask it: inspect only what you would run."],
        };
        verb.Add(source);
        verb.Add(json);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var scratch = new ScratchFolder("inspect");
            var package = await WorkloadSource.ResolveAsync(
                parsed.GetRequiredValue(source), scratch.FullPath, cancellation);
            var report = await ReadAsync(package, scratch.FullPath, cancellation);
            if (parsed.GetValue(json))
            {
                host.Terminal.WriteJson(report, InspectJson.Default.InspectReport);
            }
            else
            {
                Write(report, host.Terminal);
            }

            return ExitCode.Done;
        });
    }

    private static async Task<InspectReport> ReadAsync(
        WorkloadPackage package, string workFolder, CancellationToken cancellation)
    {
        var folder = Path.Combine(workFolder, "unpacked");
        PackageFolder.Unpack(package.FilePath, folder);
        var info = WorkloadHost.Load(folder).Info;
        return new InspectReport
        {
            Name = package.Manifest.Name,
            Version = package.Manifest.Version,
            Summary = info.Summary,
            Package = await BlobHasher.OfFileAsync(package.FilePath, cancellation),
            Parameters = info.Parameters,
            Inputs = info.Inputs,
            AcceptsOthers = info.AcceptsOthers,
            Files = package.Entries,
        };
    }

    private static void Write(InspectReport report, Terminal terminal)
    {
        var output = terminal.Out;
        output.WriteLine($"{report.Name} {report.Version}: {report.Summary}");
        output.WriteLine($"Package {report.Package}, {Wording.Counted(report.Files.Count, "file")}, "
            + $"{Wording.Bytes(report.Files.Sum(file => file.LengthBytes))} unpacked");
        output.WriteLine();
        var parameters = new Listing("Parameter", "Type", "Default", "Meaning");
        foreach (var parameter in report.Parameters)
        {
            parameters.Add(
                parameter.Name, parameter.Type, parameter.Default ?? "(required)", parameter.Summary);
        }

        parameters.Write(terminal, "It takes no parameters.");
        output.WriteLine();
        var inputs = new Listing("Input", "Needed", "Meaning");
        foreach (var input in report.Inputs)
        {
            inputs.Add(input.Name, input.Required ? "yes" : "no", input.Summary);
        }

        inputs.Write(terminal, "It names no inputs.");
        if (report.AcceptsOthers)
        {
            output.WriteLine("Parameters and inputs of any other name are taken as well.");
        }
    }
}
