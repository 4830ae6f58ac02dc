using System.Security.Cryptography;
using System.Text;
using GridVolunteer.Protocol.Security;

namespace GridVolunteer.Agent.Identity;

/// <summary>The file that holds the agent's private key: made at the first start, readable by its user alone.</summary>
internal static class AgentKeyFile
{
    private const UnixFileMode PrivateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key, or makes one and writes it so that it is there whole or not at all.</summary>
    /// <exception cref="AgentException">The file holds no key; it is left as it is.</exception>
    public static AgentKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            return Create(path);
        }

        try
        {
            return AgentKey.FromPem(File.ReadAllText(path));
        }
        catch (CryptographicException fault)
        {
            throw new AgentException(
                $"{path} holds no key. Put the right file back, or remove it to go on as a new volunteer.", fault);
        }
    }

    private static AgentKey Create(string path)
    {
        var key = AgentKey.Create();
        var part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = PrivateMode;
        }

        File.Delete(part);
        using (var file = new FileStream(part, options))
        {
            file.Write(Encoding.ASCII.GetBytes(key.ExportPem()));
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path);
        return key;
    }
}
