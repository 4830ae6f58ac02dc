using System.Text;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ParameterSweep.Results;

namespace GridVolunteer.Workloads.ParameterSweep.Running;

/// <summary>A run's own folder: inputs go in under their names, and the files asked for come out.</summary>
internal static class RunFolder
{
    /// <summary>The most bytes of all files that one run gives.</summary>
    public const long FilesSizeBytesMax = 16L << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
                File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
    public static IReadOnlyDictionary<string, OutputFile?> TakeOutputs(string folder, IEnumerable<string> names)
    {
        var files = new SortedDictionary<string, OutputFile?>(StringComparer.Ordinal);
        var sizeBytes = 0L;
        foreach (var name in names)
        {
            if (!IsInside(name))
            {
                throw new WorkloadException($"The output '{name}' is not inside the run's folder.");
            }

            var file = new FileInfo(Path.Combine(folder, name));
            sizeBytes += file.Exists ? file.Length : 0;
            if (sizeBytes > FilesSizeBytesMax)
            {
                throw new WorkloadException(
                    $"The outputs take more than {FilesSizeBytesMax >> 20} MiB with '{name}'; one run may give that much.");
            }

            files[name] = file.Exists ? Read(file.FullName) : null;
        }

        return files;
    }

    private static OutputFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
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
