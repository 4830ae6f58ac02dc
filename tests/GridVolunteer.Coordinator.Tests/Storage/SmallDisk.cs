using System.Diagnostics;

namespace GridVolunteer.Coordinator.Tests.Storage;

/// <summary>A disk of a few MiB: a file system in memory, which only root can mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-disk-");

    private SmallDisk()
    {
    }

    public string Path => _folder.FullName;

    /// <summary>Mounts a disk, or answers null where that is not allowed.</summary>
    public static SmallDisk? TryMount(int sizeMebibytes)
    {
        var disk = new SmallDisk();
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", $"size={sizeMebibytes}m", "tmpfs", disk.Path))
        {
            return disk;
        }

        disk._folder.Delete();
        return null;
    }

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Delete();
    }

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
