using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// Last states of entities that are closed, in the shared folder, so that Redis forgets them: its memory holds
/// what is in flight, however many jobs there were. A state is on the disk before its keys go.
/// </summary>
internal sealed class ClosedEntities(EntityFolder folder)
{
    private const string Extension = ".closed";

    /// <summary>The state of a closed entity; null when it is not closed or never was.</summary>
    /// <exception cref="StorageUnavailableException">It is there but cannot be read.</exception>
    public async ValueTask<EntityRecord?> FindAsync(EntityKey entity, CancellationToken cancellationToken)
    {
        if (folder.Of(entity) is not { } home)
        {
            return null;
        }

        try
        {
            if (EntityFolder.Latest(home, Extension) is not [var path, ..])
            {
                return null;
            }

            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            return RowHeader.Read(bytes) is { } header && header.Fits(bytes.AsSpan(RowHeader.SizeBytes))
                ? new EntityRecord(header.Sequence, bytes.AsMemory(RowHeader.SizeBytes), [])
                : throw new StorageUnavailableException($"'{path}' is damaged: its bytes do not fit their checksum.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(entity, e);
        }
    }

    /// <summary>Keeps the last state of an entity; ends when it is on the disk.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be written.</exception>
    public async ValueTask KeepAsync(EntityKey entity, JournalPosition position, ReadOnlyMemory<byte> state)
    {
        if (folder.Of(entity) is not { } home)
        {
            throw new ArgumentException($"{entity} does not close.", nameof(entity));
        }

        try
        {
            await Task.Run(() => Keep(home, position, state.Span));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(entity, e);
        }
    }

    private void Keep(string home, JournalPosition position, ReadOnlySpan<byte> state)
    {
        folder.Create(home);
        var path = EntityFolder.FileOf(home, position.Epoch, Extension);
        var beside = path + ".new";
        using (var file = File.OpenHandle(beside, FileMode.Create, FileAccess.Write))
        {
            var header = new byte[RowHeader.SizeBytes];
            RowHeader.Of(position.Version, state).Write(header);
            RandomAccess.Write(file, header, 0);
            RandomAccess.Write(file, state, RowHeader.SizeBytes);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(beside, path, overwrite: true);
        FolderSync.Sync(home);
    }

    private static StorageUnavailableException Unusable(EntityKey entity, Exception e) => new(
        $"The last state of {entity} cannot be read or written in the shared folder: {e.Message} Try again.", e);
}
