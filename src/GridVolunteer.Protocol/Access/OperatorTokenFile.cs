using System.Security.Cryptography;
using System.Text;

namespace GridVolunteer.Protocol.Access;

/// <summary>
/// Where a coordinator leaves its operator token for programs of the same user, and where those look for it:
/// a file of mode 600 in the user's XDG state folder, named by the coordinator's address.
/// </summary>
public static class OperatorTokenFile
{
    /// <summary>Its name in the coordinator's data folder.</summary>
    public const string NameInDataFolder = "operator.token";

    /// <summary>
    /// <c>$XDG_STATE_HOME/gridvolunteer/tokens</c>, by default below <c>~/.local/state</c>.
    /// </summary>
    public static string DefaultFolder
    {
        get
        {
            var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            var root = string.IsNullOrEmpty(state)
                ? Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state")
                : state;
            return Path.Combine(root, "gridvolunteer", "tokens");
        }
    }

    /// <summary>
    /// The token's file for the coordinator at <paramref name="address"/>, in <paramref name="folder"/>.
    /// </summary>
    public static string PathFor(Uri address, string folder)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Normalise(address)));
        return Path.Combine(folder, Convert.ToHexStringLower(hash)[..16] + ".token");
    }

    /// <summary>
    /// The address in its one form: scheme, host and port in lower case, no path. All names of this machine's
    /// loopback are one address, so that <c>localhost</c> and <c>127.0.0.1</c> find the same token.
    /// </summary>
    public static string Normalise(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var host = address.IsLoopback ? "127.0.0.1" : address.IdnHost.ToLowerInvariant();
        return $"{address.Scheme}://{host}:{address.Port}";
    }
}
