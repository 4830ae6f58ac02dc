using System.CommandLine;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Configuration;
using GridVolunteer.Coordinator.Hosting;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cli.Serving;

/// <summary><c>coordinator</c>: runs the service that hands out work and keeps results.</summary>
public static class CoordinatorVerb
{
    private static readonly ServingOptions Serving = new(drain: TimeSpan.Zero, LogLevel.Warning);

    private static readonly Option<string?> Data = new("--data")
    {
        HelpName = "DIR",
        Description = "Folder of journal, results and blobs; below ~/.local/share by default.",
    };

    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var verb = new Verb(
            "coordinator", "Runs a coordinator: it takes jobs, hands out their units and keeps the results.",
            "gridvolunteer coordinator",
            "gridvolunteer coordinator --urls http://127.0.0.1:8080 --data /srv/grid")
        {
            Notes =
                ["Ctrl-C stops it; everything acknowledged is on disk, and a restart goes on where it was."],
        };
        foreach (var option in (Option[])[Serving.Urls, Data, .. Serving.Others])
        {
            verb.Add(option);
        }

        return verb.Does(async (parsed, cancellation) =>
        {
            var stop = Serving.Stop(parsed, cancellation);
            var options = Read(parsed, host);
            await CoordinatorService.RunAsync(
                options, host.Clock, service => Greet(service, options, host), stop);
            host.Terminal.Note("Stopped.");
            return ExitCode.Done;
        });
    }

    private static CoordinatorOptions Read(ParseResult parsed, CliHost host)
    {
        var folders = new UserFolders(host.Variable, host.HomeFolder);
        var data = parsed.GetValue(Data) ?? Path.Combine(folders.Data, "coordinator");
        return Serving.Read(parsed, data) with { TokenFolder = folders.Tokens };
    }

    private static void Greet(CoordinatorService service, CoordinatorOptions options, CliHost host)
    {
        var url = service.Url.GetLeftPart(UriPartial.Authority);
        var where = url == CoordinatorAddress.Default ? "" : $" --coordinator {url}";
        var output = host.Terminal.Out;
        output.WriteLine($"Coordinator at {url}, data in {options.DataFolder}");
        output.WriteLine($"Volunteer:  {CommandPath.Program} agent{where}");
        output.WriteLine($"Submit:     {CommandPath.Program} submit WORKLOAD{where}");
        output.Flush();
    }
}
