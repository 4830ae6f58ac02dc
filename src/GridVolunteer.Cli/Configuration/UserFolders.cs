namespace GridVolunteer.Cli.Configuration;

/// <summary>
/// The user's folders after the XDG base directory specification; relative paths in its variables are
/// ignored, as it asks.
/// </summary>
/// <param name="variable">Looks up an environment variable.</param>
/// <param name="home">The user's home folder.</param>
public sealed class UserFolders(Func<string, string?> variable, string home)
{
    private const string Product = "gridvolunteer";

    /// <summary>Settings: <c>$XDG_CONFIG_HOME/gridvolunteer</c>, by default below <c>~/.config</c>.</summary>
    public string Configuration => Folder("XDG_CONFIG_HOME", ".config");

    /// <summary>Data: <c>$XDG_DATA_HOME/gridvolunteer</c>, by default below <c>~/.local/share</c>.</summary>
    public string Data => Folder("XDG_DATA_HOME", Path.Combine(".local", "share"));

    /// <summary>
    /// State: <c>$XDG_STATE_HOME/gridvolunteer</c>, by default below <c>~/.local/state</c>.
    /// </summary>
    public string State => Folder("XDG_STATE_HOME", Path.Combine(".local", "state"));

    /// <summary>Where coordinators of this user leave their operator tokens.</summary>
    public string Tokens => Path.Combine(State, "tokens");

    private string Folder(string name, string belowHome) =>
        variable(name) is { Length: > 0 } path && Path.IsPathFullyQualified(path)
            ? Path.Combine(path, Product)
            : Path.Combine(home, belowHome, Product);
}
