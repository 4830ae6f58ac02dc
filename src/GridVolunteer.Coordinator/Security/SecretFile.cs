using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// Secrets in files that only their owner may read (mode 600, in a folder of mode 700 where this makes it). A
/// file is written beside its place and moved into it, so that no reader ever sees half a secret.
/// </summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the secret at <paramref name="path"/>, or makes one with <paramref name="create"/> and keeps it;
    /// of several that do so at once on a shared folder, all get the same one.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static string ReadOrCreate(string path, Func<string> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        var isEmpty = false;
        if (File.Exists(path))
        {
            var kept = File.ReadAllText(path).Trim();
            if (kept.Length > 0)
            {
                Restrict(path);
                return kept;
            }

            isEmpty = true;
        }

        Place(path, create(), replaces: isEmpty);
        return File.ReadAllText(path).Trim();
    }

    /// <summary>Writes a secret, replacing what was there.</summary>
    public static void Write(string path, string secret) => Place(path, secret, replaces: true);

    private static void Place(string path, string secret, bool replaces)
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

        if (replaces)
        {
            File.Move(beside, path, overwrite: true);
        }
        else
        {
            PlaceFirst(beside, path);
        }
    }

    /// <summary>Of several that place a file at once, one does, and the others leave that.</summary>
    private static void PlaceFirst(string beside, string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                File.Move(beside, path);
            }
            else if (Link(beside, path) != 0)
            {
                // File.Move looks and then renames, so two at once would both succeed; of two links one fails.
                throw new IOException($"'{path}' cannot be made (error {Marshal.GetLastPInvokeError()}).");
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            // Recovered: another start on this folder was quicker, and its secret is the one.
        }
        finally
        {
            File.Delete(beside);
        }
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

    /// <summary>
    /// As <see cref="CreateFolder"/>, and answers the folder; a failure says what could not be made.
    /// </summary>
    /// <exception cref="DataFolderException">The folder cannot be made.</exception>
    public static string OwnersFolder(string folder)
    {
        try
        {
            CreateFolder(folder);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder '{folder}' cannot be created: {e.Message}", e);
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

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);
}
