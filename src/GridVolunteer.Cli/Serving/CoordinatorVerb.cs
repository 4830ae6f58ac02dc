using System.CommandLine;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Configuration;
using GridVolunteer.Coordinator.Hosting;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cli.Serving;

/// <summary><c>coordinator</c>: runs the service that hands out work and keeps results.</summary>
public static class CoordinatorVerb
{
    private static readonly Option<string[]> Urls = new("--urls")
    {
        HelpName = "URL",
        Description = "Where to listen; port 0 takes a free one. May be repeated.",
        DefaultValueFactory = _ => [CoordinatorOptions.DefaultUrl],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Data = new("--data")
    {
        HelpName = "DIR",
        Description = "Folder of journal, results and blobs; below ~/.local/share by default.",
    };

    private static readonly Option<bool> Private =
        new("--private") { Description = "Ask for a token for reading too." };

    private static readonly Option<EnrolmentMode> Enrolment = new("--enrolment")
    {
        Description = "Who may become a volunteer: whoever has a key, or who also knows the enrolment token.",
        DefaultValueFactory = _ => EnrolmentMode.Open,
    };

    private static readonly Option<bool> AnyAddress = new("--insecure-any-address")
    {
        Description =
            "Listen on other addresses than loopback although there is no TLS yet: tokens and results cross "
            + "the network in the clear.",
    };

    private static readonly Option<double> Interval = Seconds(
        "--heartbeat-interval", "How often an agent beats", 15);

    private static readonly Option<double> Limit = Seconds(
        "--heartbeat-limit", "How long a volunteer may be silent before its units go to others", 60);

    private static readonly Option<LogLevel> Level = new("--log-level")
    {
        Description = "The lowest level logged, to standard error.",
        DefaultValueFactory = _ => LogLevel.Warning,
    };

    private static readonly Option<bool> UntilInputEnds = InputEnd.CreateOption();

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
        foreach (var option in (Option[])[Urls, Data, Private, Enrolment, AnyAddress, Interval, Limit, Level, UntilInputEnds])
        {
            verb.Add(option);
        }

        return verb.Does(async (parsed, cancellation) =>
        {
            var stop = InputEnd.Stop(parsed.GetValue(UntilInputEnds), cancellation);
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
        return new CoordinatorOptions
        {
            Urls = [.. parsed.GetRequiredValue(Urls).SelectMany(urls => urls.Split(';', StringSplitOptions.RemoveEmptyEntries))],
            DataFolder = Path.GetFullPath(parsed.GetValue(Data) ?? Path.Combine(folders.Data, "coordinator")),
            Private = parsed.GetValue(Private),
            Enrolment = parsed.GetValue(Enrolment),
            InsecureAnyAddress = parsed.GetValue(AnyAddress),
            HeartbeatInterval = TimeSpan.FromSeconds(parsed.GetValue(Interval)),
            HeartbeatLimit = TimeSpan.FromSeconds(parsed.GetValue(Limit)),
            TokenFolder = folders.Tokens,
            LogLevel = parsed.GetValue(Level),
        };
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

    private static Option<double> Seconds(string name, string meaning, double value) => new(name)
    {
        HelpName = "SECONDS",
        Description = $"{meaning}.",
        DefaultValueFactory = _ => value,
    };
}
