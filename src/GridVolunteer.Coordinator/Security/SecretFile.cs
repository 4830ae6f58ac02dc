using System.Security.Cryptography;

namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// Secrets in files that only their owner may read (mode 600, in a folder of mode 700 where this makes it). A
/// file is written beside its place and moved into it, so that no reader ever sees half a secret.
/// </summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the secret at <paramref name="path"/>, or makes one with <paramref name="create"/> and keeps it.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static string ReadOrCreate(string path, Func<string> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (File.Exists(path))
        {
            var kept = File.ReadAllText(path).Trim();
            if (kept.Length > 0)
            {
                Restrict(path);
                return kept;
            }
        }

        var secret = create();
        Write(path, secret);
        return secret;
    }

    /// <summary>Writes a secret, replacing what was there.</summary>
    public static void Write(string path, string secret)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        CreateFolder(folder);
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{RandomText()[..8]}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(beside, options))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(secret);
            writer.Write('\n');
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>A fresh secret: 256 random bits in the URL-safe base64 alphabet.</summary>
    public static string RandomText() =>
        System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Makes a folder that only its owner may enter; one that exists stays as it is.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Somebody may have copied the data folder with a wider mask.</summary>
    private static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
