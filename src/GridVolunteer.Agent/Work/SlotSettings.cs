using GridVolunteer.Agent.Worker;

namespace GridVolunteer.Agent.Work;

/// <summary>What a slot is told at its start.</summary>
/// <param name="Command">How workers are started.</param>
/// <param name="Folder">The slot's own folder for its workers; it is wiped between them.</param>
/// <param name="UrgentOnly">Whether it takes urgent work only.</param>
/// <param name="IdleWorkerLimit">How long a worker without work is kept.</param>
/// <param name="CheckpointInterval">The shortest time between two checkpoints of a unit.</param>
internal sealed record SlotSettings(
    WorkerCommand Command, string Folder, bool UrgentOnly, TimeSpan IdleWorkerLimit, TimeSpan CheckpointInterval)
{
    /// <summary>An empty folder for a worker's scratch files, and one for its large results.</summary>
    public (string Scratch, string Results) FreshFolder()
    {
        RemoveFolder();
        var scratch = Path.Combine(Folder, "scratch");
        var results = Path.Combine(Folder, "results");
        Directory.CreateDirectory(scratch);
        Directory.CreateDirectory(results);
        return (scratch, results);
    }

    /// <summary>Removes what a worker left.</summary>
    public void RemoveFolder()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
