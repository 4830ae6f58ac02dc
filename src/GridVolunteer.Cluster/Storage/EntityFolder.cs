using System.Globalization;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// Where the files of an entity lie in the shared folder: <c>jobs/0/j17</c> for a job, <c>jobs/0/j17/0.3</c>
/// for a shard, jobs by the thousand. Each file is named after the epoch that wrote it, and only that loading
/// of the entity ever writes it; of files of one kind the highest epoch that has what is sought is right.
/// </summary>
/// <param name="root">The shared folder.</param>
internal sealed class EntityFolder(string root)
{
    private const int JobsPerFolder = 1000;
    private const string JobsName = "jobs";

    private readonly string _root = Path.GetFullPath(root);

    /// <summary>The folder of a shard.</summary>
    public string Of(ShardId shard) =>
        Path.Combine(Of(shard.Job), string.Create(CultureInfo.InvariantCulture, $"{shard.Level}.{shard.Number}"));

    /// <summary>The folder of an entity; null for one that keeps no files.</summary>
    public string? Of(EntityKey entity) =>
        ShardId.TryParse(entity.Name, null, out var shard) ? Of(shard)
        : JobId.TryParse(entity.Name, null, out var job) ? Of(job)
        : null;

    /// <summary>The path of a file of an epoch.</summary>
    public static string FileOf(string folder, long epoch, string extension) =>
        Path.Combine(folder, epoch.ToString("x16", CultureInfo.InvariantCulture) + extension);

    /// <summary>The files of a kind, the latest epoch first; none where the folder is missing.</summary>
    public static IReadOnlyList<string> Latest(string folder, string extension)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        // Hex digits of one length: their order is that of the epochs.
        var files = Directory.GetFiles(folder, "*" + extension);
        Array.Sort(files, (a, b) => string.CompareOrdinal(b, a));
        return files;
    }

    /// <summary>Makes a folder with those above it, each on the disk together with its name.</summary>
    public void Create(string folder)
    {
        if (Directory.Exists(folder) || folder.Length <= _root.Length)
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder)!;
        Create(parent);
        Directory.CreateDirectory(folder);
        FolderSync.Sync(parent);
    }

    private string Of(JobId job) => Path.Combine(
        _root, JobsName, (job.Number / JobsPerFolder).ToString(CultureInfo.InvariantCulture), job.ToString());
}
