using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// Brings the entries of a folder onto the disk, which .NET has no call for: without it a synced file can
/// lose its name when the machine loses power. Windows keeps names in its own journal and needs nothing.
/// </summary>
public static class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Syncs a folder.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = Open(folder, ReadOnly);
        if (handle.IsInvalid || Fsync(handle) != 0)
        {
            throw new IOException(
                $"The folder '{folder}' cannot be synced (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(SafeFileHandle handle);
}
