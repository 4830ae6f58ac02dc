using System.Diagnostics;
using System.Text;

namespace GridVolunteer.Workloads.ParameterSweep.Running;

/// <summary>
/// Ends a program with everything it started. Children whose parent has ended no longer hang on the tree; on
/// Linux they are found by a variable of their environment, which they inherit however often they fork.
/// </summary>
internal static class ProcessTree
{
    /// <summary>The variable; its value is the run's own folder.</summary>
    public const string Mark = "SWEEP_RUN_FOLDER";

    public static void Kill(Process process, string folder)
    {
        process.Kill(entireProcessTree: true);
        if (OperatingSystem.IsLinux())
        {
            KillMarked($"{Mark}={folder}");
        }
    }

    private static void KillMarked(string variable)
    {
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), out var id) && id != Environment.ProcessId
                && HasVariable(entry, variable))
            {
                KillIfThere(id);
            }
        }
    }

    private static bool HasVariable(string entry, string variable)
    {
        try
        {
            return File.ReadAllText(Path.Combine(entry, "environ"), Encoding.UTF8).Split('\0').Contains(variable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or gone already: not ours to end.
            return false;
        }
    }

    private static void KillIfThere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended in between.
        }
    }
}
