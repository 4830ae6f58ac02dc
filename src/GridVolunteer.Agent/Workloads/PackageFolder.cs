namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Unpacks a package once. The folder appears by a rename after everything in it is synced, so that a folder
/// that is there is complete, however its maker ended.
/// </summary>
public static class PackageFolder
{
    /// <summary>
    /// Unpacks to <paramref name="folder"/> unless it exists already. Safe to call from several processes at
    /// once.
    /// </summary>
    /// <exception cref="WorkloadLoadException">The package is damaged or breaks the limits.</exception>
    public static void Unpack(string packagePath, string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var target = Path.GetFullPath(folder);
        var part = Path.Combine(Path.GetDirectoryName(target)!, Path.GetRandomFileName());
        Directory.CreateDirectory(part);
        try
        {
            WorkloadPackage.Open(packagePath).ExtractTo(part);
            MoveUnlessThere(part, target);
        }
        finally
        {
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
        }
    }

    private static void MoveUnlessThere(string part, string target)
    {
        try
        {
            Directory.Move(part, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was faster with the same package: its folder is as good as ours.
        }
    }
}
