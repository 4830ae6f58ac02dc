using GridVolunteer.Cli.Presentation;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>What a verb may touch of the process it runs in; tests supply their own.</summary>
public sealed class CliHost
{
    /// <summary>Where output goes.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>Looks up an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The user's home folder, from which the XDG folders derive.</summary>
    public required string HomeFolder { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The host of a real process.</summary>
    public static CliHost OfProcess() => new()
    {
        Terminal = Terminal.OfProcess(),
        Variable = Environment.GetEnvironmentVariable,
        HomeFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Clock = TimeProvider.System,
    };
}
