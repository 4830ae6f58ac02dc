using GridVolunteer.Protocol.Access;

namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// The copies of the operator token in the user's state folder, one for each address; they are taken away
/// again at a stop, unless another coordinator has put its own there since.
/// </summary>
public sealed class PublishedToken
{
    private readonly string _token;
    private readonly IReadOnlyList<string> _paths;

    private PublishedToken(string token, IReadOnlyList<string> paths)
    {
        _token = token;
        _paths = paths;
    }

    /// <summary>Writes the copies.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to somebody else.</exception>
    public static PublishedToken Publish(string token, IEnumerable<Uri> addresses, string folder)
    {
        string[] paths =
            [.. addresses.Select(address => OperatorTokenFile.PathFor(address, folder)).Distinct()];
        foreach (var path in paths)
        {
            SecretFile.Write(path, token);
        }

        return new PublishedToken(token, paths);
    }

    /// <summary>
    /// Takes the copies away. What cannot be removed is left: it is void without this coordinator.
    /// </summary>
    public void Withdraw()
    {
        foreach (var path in _paths)
        {
            try
            {
                if (File.Exists(path) && File.ReadAllText(path).Trim() == _token)
                {
                    File.Delete(path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Recovered by leaving it: the next start at this address overwrites it.
            }
        }
    }
}
