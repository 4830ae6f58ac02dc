using System.CommandLine;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;

namespace GridVolunteer.Cli.Jobs;

/// <summary>
/// Where a download goes: standard output, or a file that appears under its name only when it is complete, so
/// that half a file is never taken for a whole one.
/// </summary>
public static class OutputFile
{
    private const int BufferSizeBytes = 128 * 1024;

    /// <summary>The <c>-o</c> option.</summary>
    public static Option<string?> CreateOption() => new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Write to this file; standard output by default.",
    };

    /// <summary>
    /// Lets <paramref name="write"/> fill the file at <paramref name="path"/>, or standard output when it is
    /// null.
    /// </summary>
    public static async Task WriteAsync(string? path, Terminal terminal, Func<Stream, Task> write)
    {
        if (path is null)
        {
            await using var output = new BufferedStream(terminal.OpenOut(), BufferSizeBytes);
            await write(output);
            return;
        }

        if (IsDevice(path))
        {
            // Nothing may take its place, least of all a file of the same name.
            await using var device = new FileStream(
                path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            await write(device);
            return;
        }

        CheckFolder(path);
        var part = $"{Path.GetFullPath(path)}.part";
        try
        {
            await using (var output = new FileStream(
                part, FileMode.Create, FileAccess.Write, FileShare.None, BufferSizeBytes))
            {
                await write(output);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Refuses a file whose folder is missing.</summary>
    /// <exception cref="CliException">It is.</exception>
    public static void CheckFolder(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw CliException.WrongUse(
                $"There is no folder {folder} to write {Path.GetFileName(path)} into.");
        }
    }

    /// <summary>Whether it is a device such as <c>/dev/null</c> or <c>/dev/stdout</c>.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal)
        && !Path.GetFullPath(path).StartsWith("/dev/shm/", StringComparison.Ordinal) && File.Exists(path);
}
