namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// Holds a data folder for this process. The operating system keeps the lock, so it ends with the process
/// however that dies, and a file left behind locks nobody out.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    /// <summary>The file that is locked, within the folder.</summary>
    public const string FileName = "coordinator.lock";

    private readonly FileStream _file;

    private DataFolderLock(string folder, FileStream file)
    {
        Folder = folder;
        _file = file;
    }

    /// <summary>The folder, as a full path.</summary>
    public string Folder { get; }

    /// <summary>Creates the folder where it is missing and locks it.</summary>
    /// <exception cref="DataFolderException">Another process holds it, or it cannot be written.</exception>
    public static DataFolderLock Acquire(string folder)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                FolderSync.Sync(Path.GetDirectoryName(folder) ?? folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder '{folder}' cannot be created: {e.Message}", e);
        }

        try
        {
            var path = Path.Combine(folder, FileName);
            return new DataFolderLock(
                folder, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFolderException($"The data folder '{folder}' cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new DataFolderException(
                $"Another coordinator uses the data folder '{folder}'. Stop it, or choose another folder with --data.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
