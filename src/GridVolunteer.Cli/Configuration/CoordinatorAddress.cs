using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Configuration;

/// <summary>
/// Which coordinator to talk to, the first that says: <c>--coordinator</c>, <c>GRIDVOLUNTEER_COORDINATOR</c>,
/// the configuration file, this machine.
/// </summary>
public static class CoordinatorAddress
{
    /// <summary>The environment variable that names the coordinator.</summary>
    public const string Variable = "GRIDVOLUNTEER_COORDINATOR";

    /// <summary>The coordinator when nothing names one.</summary>
    public const string Default = "http://127.0.0.1:4370";

    /// <summary>Finds the address.</summary>
    /// <param name="option">What <c>--coordinator</c> says, or null.</param>
    /// <param name="host">Whose environment and configuration count.</param>
    /// <exception cref="CliException">What is named is no address.</exception>
    public static Uri Resolve(string? option, CliHost host)
    {
        if (option is not null)
        {
            return Parse(option, "--coordinator");
        }

        if (host.Variable(Variable) is { Length: > 0 } variable)
        {
            return Parse(variable, Variable);
        }

        var folders = new UserFolders(host.Variable, host.HomeFolder);
        return Parse(
            ConfigurationFile.Read(folders.Configuration).Coordinator ?? Default, "the configuration file");
    }

    /// <summary>Takes <c>http://host:port</c>, or just <c>host:port</c>.</summary>
    /// <param name="text">The address.</param>
    /// <param name="source">Where it was given, for the message.</param>
    /// <exception cref="CliException">It is no address.</exception>
    public static Uri Parse(string text, string source)
    {
        var complete = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(complete, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && uri.Host.Length > 0
                ? new Uri(uri.GetLeftPart(UriPartial.Authority))
                : throw CliException.WrongUse(
                    $"'{text}' (from {source}) is not a coordinator's address: write it like {Default}.");
    }
}
