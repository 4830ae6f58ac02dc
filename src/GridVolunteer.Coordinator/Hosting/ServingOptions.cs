using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// The options of every command that serves the API, a coordinator alone or a silo; where they differ, in the
/// data folder and what lies behind it, each command has its own.
/// </summary>
public sealed class ServingOptions
{
    private readonly Option<bool> _private = new("--private") { Description = "Ask for a token for reading too." };

    private readonly Option<EnrolmentMode> _enrolment = new("--enrolment")
    {
        Description = "Who may become a volunteer: whoever has a key, or who also knows the enrolment token.",
        DefaultValueFactory = _ => EnrolmentMode.Open,
    };

    private readonly Option<bool> _anyAddress = new("--insecure-any-address")
    {
        Description =
            "Listen on other addresses than loopback although there is no TLS yet: tokens and results cross "
            + "the network in the clear.",
    };

    private readonly Option<string[]> _hosts = new("--host")
    {
        HelpName = "NAME",
        Description = "A name under which it is reached, as that of a gateway. May be repeated.",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<double> _interval = Seconds("--heartbeat-interval", "How often an agent beats", 15);

    private readonly Option<double> _limit = Seconds(
        "--heartbeat-limit", "How long a volunteer may be silent before its units go to others", 60);

    private readonly Option<double> _drain;
    private readonly Option<LogLevel> _level;
    private readonly Option<bool> _untilInputEnds = InputEnd.CreateOption();

    /// <summary>The options with the defaults that fit a command.</summary>
    /// <param name="drain">How long a stop says that it is coming, while requests are still taken.</param>
    /// <param name="level">The lowest level that is logged.</param>
    public ServingOptions(TimeSpan drain, LogLevel level)
    {
        _drain = Seconds(
            "--drain", "How long a stop still takes requests while /healthz says 'draining', so that gateways turn away",
            drain.TotalSeconds);
        _level = new Option<LogLevel>("--log-level")
        {
            Description = "The lowest level logged, to standard error.",
            DefaultValueFactory = _ => level,
        };
    }

    /// <summary>Where to listen.</summary>
    public Option<string[]> Urls { get; } = new("--urls")
    {
        HelpName = "URL",
        Description = "Where to listen for agents and people; port 0 takes a free one. May be repeated.",
        DefaultValueFactory = _ => [CoordinatorOptions.DefaultUrl],
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Those besides <see cref="Urls"/>, in the order of the help.</summary>
    public IReadOnlyList<Option> Others =>
        [_private, _enrolment, _anyAddress, _hosts, _interval, _limit, _drain, _level, _untilInputEnds];

    /// <summary>An option of a number of seconds.</summary>
    public static Option<double> Seconds(string name, string meaning, double value) => new(name)
    {
        HelpName = "SECONDS",
        Description = $"{meaning}.",
        DefaultValueFactory = _ => value,
    };

    /// <summary>What was asked for, with the data in <paramref name="dataFolder"/>.</summary>
    public CoordinatorOptions Read(ParseResult parsed, string dataFolder)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return new CoordinatorOptions
        {
            Urls =
            [
                .. parsed.GetRequiredValue(Urls).SelectMany(
                    urls => urls.Split(';', StringSplitOptions.RemoveEmptyEntries)),
            ],
            DataFolder = Path.GetFullPath(dataFolder),
            Private = parsed.GetValue(_private),
            Enrolment = parsed.GetValue(_enrolment),
            InsecureAnyAddress = parsed.GetValue(_anyAddress),
            HostNames = parsed.GetRequiredValue(_hosts),
            HeartbeatInterval = TimeSpan.FromSeconds(parsed.GetValue(_interval)),
            HeartbeatLimit = TimeSpan.FromSeconds(parsed.GetValue(_limit)),
            DrainTime = TimeSpan.FromSeconds(parsed.GetValue(_drain)),
            LogLevel = parsed.GetValue(_level),
        };
    }

    /// <summary>
    /// Ends what is served: with <paramref name="interruption"/>, and where it was asked for, at the end of
    /// standard input.
    /// </summary>
    public CancellationToken Stop(ParseResult parsed, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return InputEnd.Stop(parsed.GetValue(_untilInputEnds), interruption);
    }
}
