using System.Runtime.InteropServices;
using GridVolunteer.Protocol.Agents;

namespace GridVolunteer.Agent.Hosting;

/// <summary>Finds out what this machine is and has. Disk space is read each time, programs now and then.</summary>
internal sealed class HostFactsReader(int threads, string dataFolder, TimeProvider time)
{
    private static readonly TimeSpan ProgramsLife = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private IReadOnlyList<string>? _programs;
    private long _programsRead;

    /// <summary>The facts now.</summary>
    public HostFacts Read() => new()
    {
        OperatingSystem = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux",
        Architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        Threads = threads,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        DiskBytes = FreeDiskBytes(),
        Programs = Programs(),
        AgentVersion = typeof(HostFactsReader).Assembly.GetName().Version?.ToString(3) ?? "",
    };

    private long FreeDiskBytes()
    {
        try
        {
            return new DriveInfo(dataFolder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system that does not say: jobs that need space go elsewhere.
            return 0;
        }
    }

    private IReadOnlyList<string> Programs()
    {
        lock (_gate)
        {
            if (_programs is null || time.GetElapsedTime(_programsRead) > ProgramsLife)
            {
                _programs = ProgramScan.Find(Environment.GetEnvironmentVariable("PATH") ?? "");
                _programsRead = time.GetTimestamp();
            }

            return _programs;
        }
    }
}
