using System.CommandLine;
using GridVolunteer.Agent;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Configuration;
using GridVolunteer.Coordinator.Hosting;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cli.Serving;

/// <summary><c>agent</c>: computes for a coordinator on this machine.</summary>
public static class AgentVerb
{
    private const string EnrolmentVariable = "GRIDVOLUNTEER_ENROLMENT_TOKEN";

    private static readonly Option<string?> Coordinator = new("--coordinator")
    {
        HelpName = "URL",
        Description = $"The coordinator; else {CoordinatorAddress.Variable}, the configuration file, or "
            + $"{CoordinatorAddress.Default}.",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        HelpName = "DIR",
        Description = "Folder of key, work and cache; below ~/.local/share by default. One agent at a time.",
    };

    private static readonly Option<int?> Threads = new("--threads")
    {
        HelpName = "N",
        Description = "Units computed at once; one for each processor by default.",
    };

    private static readonly Option<string?> Name = new("--name")
    {
        HelpName = "NAME",
        Description = "What people call this machine; its host name by default.",
    };

    private static readonly Option<string> Run = new Option<string>("--run")
    {
        Description =
            "When to compute: always, also while somebody works at the machine, but at the lowest priority.",
        DefaultValueFactory = _ => "always",
    }.AcceptOnlyFromAmong("always");

    private static readonly Option<string?> EnrolmentToken = new("--enrolment-token")
    {
        HelpName = "TOKEN",
        Description = $"Where the coordinator asks for one; else {EnrolmentVariable}.",
    };

    private static readonly Option<LogLevel> Level = new("--log-level")
    {
        Description = "The lowest level logged, to standard error.",
        DefaultValueFactory = _ => LogLevel.Information,
    };

    private static readonly Option<bool> UntilInputEnds = InputEnd.CreateOption();

    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var verb = new Verb(
            "agent", "Computes for a coordinator on this machine, at the lowest priority.",
            "gridvolunteer agent",
            "gridvolunteer agent --coordinator http://127.0.0.1:4370 --threads 2 --name laptop")
        {
            Notes =
            [
                "Ctrl-C hands unfinished units back and says goodbye. Nothing finished is ever lost: it is on disk until",
                "the coordinator has acknowledged it, also when the agent is killed or the coordinator is away.",
            ],
        };
        foreach (var option in (Option[])[Coordinator, Data, Threads, Name, Run, EnrolmentToken, Level, UntilInputEnds])
        {
            verb.Add(option);
        }

        return verb.Does(async (parsed, cancellation) =>
        {
            var stop = InputEnd.Stop(parsed.GetValue(UntilInputEnds), cancellation);
            using var logs = AgentLogging.Create(parsed.GetValue(Level));
            await AgentService.RunAsync(Read(parsed, host), logs, host.Clock, stop);
            return ExitCode.Done;
        });
    }

    private static AgentOptions Read(ParseResult parsed, CliHost host)
    {
        var folders = new UserFolders(host.Variable, host.HomeFolder);
        var options = new AgentOptions
        {
            Coordinator = CoordinatorAddress.Resolve(parsed.GetValue(Coordinator), host),
            DataFolder = Path.GetFullPath(parsed.GetValue(Data) ?? Path.Combine(folders.Data, "agent")),
            EnrolmentToken = parsed.GetValue(EnrolmentToken) ?? host.Variable(EnrolmentVariable),
        };
        options = parsed.GetValue(Threads) is { } threads ? options with { Threads = threads } : options;
        options = parsed.GetValue(Name) is { } name ? options with { Name = name } : options;
        return options.Faults() is { Count: > 0 } faults
            ? throw CliException.WrongUse(string.Join(Environment.NewLine, faults))
            : options;
    }
}
