using System.CommandLine;
using GridVolunteer.Cli.Configuration;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>The options of every verb that talks to a coordinator.</summary>
public sealed class GridOptions
{
    private readonly Option<string?> _coordinator = new("--coordinator")
    {
        HelpName = "URL",
        Description = $"The coordinator; else {CoordinatorAddress.Variable}, the configuration file, or "
            + $"{CoordinatorAddress.Default}.",
    };

    private readonly Option<string?> _token = new("--token")
    {
        HelpName = "TOKEN",
        Description =
            $"The operator's token; else {OperatorToken.Variable}, or what a coordinator of yours left.",
    };

    /// <summary>Adds the options to <paramref name="verb"/>.</summary>
    public void AddTo(Verb verb)
    {
        verb.Add(_coordinator);
        verb.Add(_token);
    }

    /// <summary>The coordinator's address that <paramref name="parsed"/> means.</summary>
    public Uri Address(ParseResult parsed, CliHost host) =>
        CoordinatorAddress.Resolve(parsed.GetValue(_coordinator), host);

    /// <summary>
    /// The token that <paramref name="parsed"/> means for <paramref name="address"/>, or null.
    /// </summary>
    public string? Token(ParseResult parsed, Uri address, CliHost host) =>
        OperatorToken.Resolve(parsed.GetValue(_token), address, host);
}
