using System.CommandLine;
using System.Net;
using GridVolunteer.Coordinator.Hosting;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Hosting;

/// <summary>The command line of a silo.</summary>
internal static class SiloCommand
{
    private static readonly Option<string[]> Urls = new("--urls")
    {
        HelpName = "URL",
        Description = "Where to listen for agents and people; port 0 takes a free one. May be repeated.",
        DefaultValueFactory = _ => [CoordinatorOptions.DefaultUrl],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Data = new("--data")
    {
        HelpName = "DIR",
        Description = "Folder of results, blobs and secrets; all silos of the cluster share it.",
        Required = true,
    };

    private static readonly Option<string> Redis = new("--redis")
    {
        HelpName = "HOST:PORT",
        Description = "Redis, with options as StackExchange.Redis writes them.",
        DefaultValueFactory = _ => "127.0.0.1:6379",
    };

    private static readonly Option<string> ClusterId = new("--cluster")
    {
        HelpName = "NAME",
        Description = "The name of the cluster; several may share a Redis.",
        DefaultValueFactory = _ => "grid",
    };

    private static readonly Option<string> Address = new("--address")
    {
        HelpName = "IP",
        Description = "Where other silos reach this one: an IP address, or a host name that has one.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<int> SiloPort = new("--silo-port")
    {
        HelpName = "PORT",
        Description = "The port for other silos; keep it from everybody else.",
        DefaultValueFactory = _ => SiloOptions.DefaultSiloPort,
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

    private static readonly Option<double> Probe = Seconds(
        "--probe-timeout", "How long a silo may leave each of two probes unanswered before it is voted out", 1);

    private static readonly Option<LogLevel> Level = new("--log-level")
    {
        Description = "The lowest level logged, to standard error.",
        DefaultValueFactory = _ => LogLevel.Information,
    };

    private static readonly Option<bool> UntilInputEnds = new("--until-input-ends") { Hidden = true };

    /// <summary>Makes the command.</summary>
    /// <param name="output">Where a silo that listens says where.</param>
    /// <param name="stop">Ends it gracefully.</param>
    public static RootCommand Create(TextWriter output, CancellationToken stop)
    {
        var command = new RootCommand(
            "Runs a silo: one of any number of processes that together are one GridVolunteer coordinator.");
        foreach (var option in (Option[])
            [Urls, Data, Redis, ClusterId, Address, SiloPort, Private, Enrolment, AnyAddress, Interval, Limit, Probe, Level, UntilInputEnds])
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            await RunAsync(parsed, output, InputEnd.Stop(parsed.GetValue(UntilInputEnds), stop));
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, TextWriter output, CancellationToken stop)
    {
        var silo = ReadSilo(parsed);
        await CoordinatorService.RunAsync(
            ReadCoordinator(parsed), TimeProvider.System, services => ClusterBackend.Open(services, silo),
            service =>
            {
                var url = service.Url.GetLeftPart(UriPartial.Authority);
                output.WriteLine($"Silo of cluster '{silo.ClusterId}' at {url}, data in {parsed.GetValue(Data)}");
                output.Flush();
            },
            stop);
    }

    private static CoordinatorOptions ReadCoordinator(ParseResult parsed) => new()
    {
        Urls =
        [
            .. parsed.GetRequiredValue(Urls).SelectMany(
                urls => urls.Split(';', StringSplitOptions.RemoveEmptyEntries)),
        ],
        DataFolder = Path.GetFullPath(parsed.GetRequiredValue(Data)),
        Private = parsed.GetValue(Private),
        Enrolment = parsed.GetValue(Enrolment),
        InsecureAnyAddress = parsed.GetValue(AnyAddress),
        HeartbeatInterval = TimeSpan.FromSeconds(parsed.GetValue(Interval)),
        HeartbeatLimit = TimeSpan.FromSeconds(parsed.GetValue(Limit)),
        LogLevel = parsed.GetValue(Level),
    };

    private static SiloOptions ReadSilo(ParseResult parsed) => new()
    {
        Redis = parsed.GetRequiredValue(Redis),
        ClusterId = parsed.GetRequiredValue(ClusterId),
        Address = Resolve(parsed.GetRequiredValue(Address)),
        SiloPort = parsed.GetValue(SiloPort),
        ProbeTimeout = TimeSpan.FromSeconds(parsed.GetValue(Probe)),
    };

    private static IPAddress Resolve(string address)
    {
        try
        {
            return IPAddress.TryParse(address, out var literal) ? literal : Dns.GetHostAddresses(address)[0];
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new CoordinatorStartException(
                $"'{address}' has no address ({e.Message}): name one with --address.", e);
        }
    }

    private static Option<double> Seconds(string name, string meaning, double value) => new(name)
    {
        HelpName = "SECONDS",
        Description = $"{meaning}.",
        DefaultValueFactory = _ => value,
    };
}
