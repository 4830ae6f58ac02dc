namespace GridVolunteer.Cli.Submission;

/// <summary>A temporary folder that goes when it is disposed.</summary>
public sealed class ScratchFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    /// <param name="purpose">A word for its name, for who finds one that a kill left behind.</param>
    public ScratchFolder(string purpose) =>
        FullPath = Directory.CreateTempSubdirectory($"gridvolunteer-{purpose}-").FullName;

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>True when it stays after all.</summary>
    public bool IsKept { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsKept && Directory.Exists(FullPath))
        {
            Directory.Delete(FullPath, recursive: true);
        }
    }
}
