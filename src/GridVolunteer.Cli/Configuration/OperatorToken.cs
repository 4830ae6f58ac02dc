using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Protocol.Access;

namespace GridVolunteer.Cli.Configuration;

/// <summary>
/// The token that lets this user act, the first that is there: <c>--token</c>, <c>GRIDVOLUNTEER_TOKEN</c>,
/// the file that a coordinator of the same user left in the state folder. None is fine for reading.
/// </summary>
public static class OperatorToken
{
    /// <summary>The environment variable that carries the token.</summary>
    public const string Variable = "GRIDVOLUNTEER_TOKEN";

    /// <summary>Finds the token for the coordinator at <paramref name="address"/>, or null.</summary>
    /// <exception cref="CliException">The file is there and may not be read.</exception>
    public static string? Resolve(string? option, Uri address, CliHost host)
    {
        if (option is not null || host.Variable(Variable) is { Length: > 0 })
        {
            return option ?? host.Variable(Variable);
        }

        var path = OperatorTokenFile.PathFor(address, new UserFolders(host.Variable, host.HomeFolder).Tokens);
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"Cannot read the token in {path}: {e.Message}", ExitCode.Failed, e);
        }
    }
}
