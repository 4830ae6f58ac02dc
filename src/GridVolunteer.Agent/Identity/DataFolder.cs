namespace GridVolunteer.Agent.Identity;

/// <summary>
/// The agent's folder on disk, held by one agent at a time: the system lets go of the lock however its holder ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Root = path;
        _lock = held;
    }

    public string Root { get; }

    /// <summary>The private key.</summary>
    public string KeyFile => Path.Combine(Root, "agent.key");

    /// <summary>Fetched blobs.</summary>
    public string Blobs => Path.Combine(Root, "blobs");

    /// <summary>Unpacked packages, by the id of their blob.</summary>
    public string Packages => Path.Combine(Root, "packages");

    /// <summary>Recipes of jobs.</summary>
    public string Jobs => Path.Combine(Root, "jobs");

    /// <summary>What is held and finished, until it is acknowledged.</summary>
    public string Spool => Path.Combine(Root, "spool");

    /// <summary>Large results, until they are acknowledged.</summary>
    public string ResultBlobs => Path.Combine(Spool, "blobs");

    /// <summary>Checkpoints of units.</summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <summary>Scratch folders of workers; empty at every start.</summary>
    public string Scratch => Path.Combine(Root, "scratch");

    /// <summary>Opens the folder, making it when it is not there, readable by this user alone.</summary>
    /// <exception cref="AgentException">Another agent holds it, or it cannot be used.</exception>
    public static DataFolder Open(string path)
    {
        try
        {
            var root = Path.GetFullPath(path);
            MakePrivate(root);
            var folder = new DataFolder(root, TakeLock(root));
            foreach (var part in new[] { folder.Blobs, folder.Packages, folder.Jobs, folder.ResultBlobs, folder.Checkpoints })
            {
                Directory.CreateDirectory(part);
            }

            if (Directory.Exists(folder.Scratch))
            {
                Directory.Delete(folder.Scratch, recursive: true);
            }

            Directory.CreateDirectory(folder.Scratch);
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AgentException($"The data folder {path} cannot be used: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(string root)
    {
        var path = Path.Combine(root, "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (File.Exists(path))
        {
            throw new AgentException(
                $"Another agent uses the data folder {root}. Give each agent its own with --data, or stop the other one.", fault);
        }
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
