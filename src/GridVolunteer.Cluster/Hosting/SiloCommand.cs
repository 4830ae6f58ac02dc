using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using GridVolunteer.Coordinator.Hosting;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Hosting;

/// <summary>The command line of a silo.</summary>
internal static class SiloCommand
{
    private const string OwnAddress = "self";

    /// <summary>Long enough for a gateway that asks every second and wants to hear it twice.</summary>
    private static readonly TimeSpan DrainDefault = TimeSpan.FromSeconds(3);

    private static readonly ServingOptions Serving = new(DrainDefault, LogLevel.Information);

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
        Description = "Where other silos reach this one: an IP address, a host name that has one, or "
            + $"'{OwnAddress}', the address that this machine's own name has, as in a container.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<int> SiloPort = new("--silo-port")
    {
        HelpName = "PORT",
        Description = "The port for other silos; keep it from everybody else.",
        DefaultValueFactory = _ => SiloOptions.DefaultSiloPort,
    };

    private static readonly Option<double> Probe = ServingOptions.Seconds(
        "--probe-timeout", "How long a silo may leave each of two probes unanswered before it is voted out", 1);

    /// <summary>Makes the command.</summary>
    /// <param name="output">Where a silo that listens says where.</param>
    /// <param name="stop">Ends it gracefully.</param>
    public static RootCommand Create(TextWriter output, CancellationToken stop)
    {
        var command = new RootCommand(
            "Runs a silo: one of any number of processes that together are one GridVolunteer coordinator.");
        foreach (var option in (Option[])
            [Serving.Urls, Data, Redis, ClusterId, Address, SiloPort, Probe, .. Serving.Others])
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            await RunAsync(parsed, output, Serving.Stop(parsed, stop));
            return 0;
        });
        command.Add(HealthCommand.Create(output));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, TextWriter output, CancellationToken stop)
    {
        var silo = ReadSilo(parsed);
        var options = Serving.Read(parsed, parsed.GetRequiredValue(Data));
        await CoordinatorService.RunAsync(
            options, TimeProvider.System, services => ClusterBackend.Open(services, silo),
            service =>
            {
                var url = service.Url.GetLeftPart(UriPartial.Authority);
                output.WriteLine($"Silo of cluster '{silo.ClusterId}' at {url}, data in {options.DataFolder}");
                output.Flush();
            },
            stop);
    }

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
        var name = address == OwnAddress ? Dns.GetHostName() : address;
        try
        {
            // Of several the same at all silos: the one of the older kind, which every network has.
            return IPAddress.TryParse(name, out var literal)
                ? literal
                : Dns.GetHostAddresses(name).OrderBy(found => found.AddressFamily != AddressFamily.InterNetwork).First();
        }
        catch (SocketException e)
        {
            throw new CoordinatorStartException(
                $"'{name}' has no address ({e.Message}): name one with --address.", e);
        }
    }
}
