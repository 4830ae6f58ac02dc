using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Cluster.Hosting;

/// <summary>
/// The data folder that all silos of a cluster share. Unlike a coordinator alone, no silo locks it: each has
/// its own corner for uploads, and everything else is written under names that only one writer uses.
/// </summary>
internal static class SharedFolder
{
    private const string IncomingPrefix = "incoming-";
    private static readonly TimeSpan LeftOversKept = TimeSpan.FromDays(1);

    /// <summary>Opens it; also removes uploads that silos left behind which have been gone for a day.</summary>
    /// <exception cref="DataFolderException">It cannot be used; the message says why.</exception>
    public static void Open(CoordinatorOptions options, string silo, TimeProvider clock, out BlobStore blobs)
    {
        var folder = SecretFile.OwnersFolder(options.DataFolder);
        RefuseAnotherEngines(folder);
        blobs = BlobStore.Open(
            folder, new BlobStoreOptions { BlobSizeBytesMax = options.BlobSizeBytesMax, Owner = IncomingPrefix + silo });
        RemoveLeftOvers(Path.Combine(folder, "blobs"), clock.GetUtcNow() - LeftOversKept);
    }

    private static void RefuseAnotherEngines(string folder)
    {
        if (File.Exists(Path.Combine(folder, "grid.db")))
        {
            throw new DataFolderException(
                $"The data folder '{folder}' is that of a coordinator without a cluster: its jobs lie in grid.db, "
                + "where a silo does not look. Choose another folder with --data.");
        }
    }

    private static void RemoveLeftOvers(string blobs, DateTimeOffset before)
    {
        foreach (var incoming in Directory.EnumerateDirectories(blobs, IncomingPrefix + "*"))
        {
            foreach (var part in Directory.EnumerateFiles(incoming).Where(p => new FileInfo(p).LastWriteTimeUtc < before.UtcDateTime))
            {
                try
                {
                    File.Delete(part);
                }
                catch (IOException)
                {
                    // Somebody else removes it at this moment.
                }
            }
        }
    }
}
