using System.Text;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.StorageProbe;

/// <summary>
/// Turns whose contents follow from entity and version, so that a reader can tell whether they are whole.
/// </summary>
public static class Ledger
{
    private const int RowSizeBytes = 7000;

    /// <summary>The shard with a number.</summary>
    public static ShardId Shard(int entity) => new(new JobId(1), 0, entity);

    /// <summary>What a turn journals.</summary>
    public static byte[] Journalled(int entity, long version) =>
        Encoding.UTF8.GetBytes($"turn {entity} {version}");

    /// <summary>What a turn's row holds.</summary>
    public static byte[] Packed(int entity, long version)
    {
        var packed = new byte[RowSizeBytes];
        new Random(entity).NextBytes(packed);
        BitConverter.TryWriteBytes(packed, version);
        return packed;
    }

    /// <summary>
    /// Appends turn after turn behind what is there, with a line <c>acknowledged ENTITY VERSION</c> after
    /// each.
    /// </summary>
    public static async Task AppendAsync(SqliteStorage storage, int entity, int turns)
    {
        var key = EntityKey.Of(Shard(entity));
        var version = (await storage.LoadAsync(key, CancellationToken.None)).Version;
        for (var i = 0; i < turns; i++, version++)
        {
            var row = new ResultRow(version + 1, [new UnitRun(version, 1)], Packed(entity, version + 1));

            // Now and then a snapshot, so that trimming is under way when the process dies.
            ReadOnlyMemory<byte>? snapshot = version % 50 == 49 ? Journalled(entity, version + 1) : null;
            await storage.AppendAsync(
                key, new JournalPosition(version), new TurnRecord(Journalled(entity, version + 1), [row], snapshot));
            Console.Out.WriteLine($"acknowledged {entity} {version + 1}");
        }
    }
}
