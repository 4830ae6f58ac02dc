namespace GridVolunteer.Agent.Worker.Inside;

/// <summary>
/// The folder a unit may write to: empty at its start, wiped after it. Making one anew for each unit would cost more than
/// a tiny unit itself, so one that a unit left empty serves the next as well.
/// </summary>
internal sealed class ScratchFolder(string parent)
{
    private readonly string _path = Path.Combine(parent, "unit");

    /// <summary>The folder, empty.</summary>
    /// <exception cref="IOException">What a unit left cannot be removed.</exception>
    public string Fresh()
    {
        if (!Directory.Exists(_path))
        {
            Directory.CreateDirectory(_path);
        }
        else if (Directory.EnumerateFileSystemEntries(_path).Any())
        {
            Directory.Delete(_path, recursive: true);
            Directory.CreateDirectory(_path);
        }

        return _path;
    }

    /// <summary>Removes what the last unit left, as far as that can be done now.</summary>
    public void Wipe()
    {
        try
        {
            if (Directory.Exists(_path) && Directory.EnumerateFileSystemEntries(_path).Any())
            {
                Directory.Delete(_path, recursive: true);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Something of the unit is still busy there: the next unit tries again, and fails with the reason.
        }
    }
}
