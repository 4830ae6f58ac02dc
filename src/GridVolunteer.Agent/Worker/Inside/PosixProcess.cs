using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GridVolunteer.Agent.Worker.Inside;

/// <summary>What a worker asks of the operating system about itself and its children.</summary>
internal static partial class PosixProcess
{
    private const int LowestPriority = 19;
    private const int PriorityOfProcess = 0;
    private const int KillSignal = 9;

    /// <summary>
    /// Puts the process at the lowest priority. On Linux a priority belongs to a thread and is handed on to the threads it
    /// starts, so every thread there is gets it; on other systems the process does.
    /// </summary>
    public static void LowerPriority()
    {
        if (OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.Idle;
            return;
        }

        _ = SetPriority(PriorityOfProcess, 0, LowestPriority);
        if (OperatingSystem.IsLinux())
        {
            foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
            {
                // A thread that has just ended refuses: there is nothing left to lower.
                _ = SetPriority(
                    PriorityOfProcess,
                    uint.Parse(Path.GetFileName(task.AsSpan()), CultureInfo.InvariantCulture),
                    LowestPriority);
            }
        }
    }

    /// <summary>
    /// Gives the process a session and process group of its own, so that what it starts can be ended with it, and a
    /// terminal's Ctrl-C reaches the agent alone.
    /// </summary>
    public static void LeadOwnGroup()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Fails only for one that leads a group already, which is what is wanted.
            _ = SetSession();
        }
    }

    /// <summary>Ends this process and its group at once; no code of the workload can get in the way.</summary>
    public static void EndSelf()
    {
        // Without a group of its own, the signal would reach the agent and its terminal too.
        if (!OperatingSystem.IsWindows() && ProcessGroup() == Environment.ProcessId)
        {
            _ = Kill(0, KillSignal);
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    /// <summary>Ends another process, what it started, and its group.</summary>
    public static void EndTree(Process process)
    {
        var id = process.Id;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself, or parts of its tree had while they were enumerated; the group follows.
        }

        // A process that has ended may have left children in its group; while there are any, the system gives its number
        // to nobody else.
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(-id, KillSignal);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int ProcessGroup();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
