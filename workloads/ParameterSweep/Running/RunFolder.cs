using System.Text;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ParameterSweep.Results;

namespace GridVolunteer.Workloads.ParameterSweep.Running;

/// <summary>A run's own folder: inputs go in under their names, and the files asked for come out.</summary>
internal static class RunFolder
{
    /// <summary>The most bytes of all files that one run gives.</summary>
    public const long FilesSizeBytesMax = 16L << 20;

    private const int CopyBufferSizeBytes = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Copies the inputs in, so that a program that writes to one harms nobody else, and makes them
    /// executable, since the program itself is often one of them.
    /// </summary>
    public static void PutInputs(string folder, IReadOnlyDictionary<string, string> inputs)
    {
        foreach (var (name, path) in inputs)
        {
            var target = Path.Combine(folder, name);
            File.Copy(path, target);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(
                    target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <summary>Whether a name stays inside the folder.</summary>
    public static bool IsInside(string name) =>
        name.Length > 0 && !Path.IsPathRooted(name) && !name.Contains('\\')
        && name.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>The files by name; null for one that is not there.</summary>
    /// <exception cref="WorkloadException">Together they are too large, or a name leads out of the
    /// folder.</exception>
    public static IReadOnlyDictionary<string, OutputFile?> TakeOutputs(
        string folder, IEnumerable<string> names)
    {
        var files = new SortedDictionary<string, OutputFile?>(StringComparer.Ordinal);
        var sizeBytes = 0L;
        foreach (var name in names)
        {
            if (!IsInside(name))
            {
                throw new WorkloadException($"The output '{name}' is not inside the run's folder.");
            }

            var bytes = Read(Path.Combine(folder, name), FilesSizeBytesMax - sizeBytes);
            sizeBytes += bytes?.Length ?? 0;
            if (sizeBytes > FilesSizeBytesMax)
            {
                throw new WorkloadException(
                    $"The outputs take more than {FilesSizeBytesMax >> 20} MiB with '{name}'; one run may give that much.");
            }

            files[name] = bytes is null ? null : ToOutput(bytes);
        }

        return files;
    }

    /// <summary>
    /// The file's bytes, one more than <paramref name="sizeBytesMax"/> at most: the length it states is no
    /// bound for a file that still grows, or a link to a device. Null when it is not there.
    /// </summary>
    private static byte[]? Read(string path, long sizeBytesMax)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        var buffer = new byte[CopyBufferSizeBytes];
        int read;
        do
        {
            read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, sizeBytesMax + 1 - bytes.Length));
            bytes.Write(buffer, 0, read);
        }
        while (read > 0);

        return bytes.ToArray();
    }

    private static OutputFile ToOutput(byte[] bytes)
    {
        try
        {
            return new OutputFile { Text = StrictUtf8.GetString(bytes) };
        }
        catch (DecoderFallbackException)
        {
            return new OutputFile { Base64 = bytes };
        }
    }
}
