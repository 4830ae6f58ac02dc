using GridVolunteer.Cluster.Storage;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Tests.Storage;

/// <summary>A shared folder and a cluster id of a test's own; any number of silos' journals on them.</summary>
internal sealed class JournalFolder(IConnectionMultiplexer redis, string clusterId) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-shared-");

    public static ShardId Shard { get; } = new(new JobId(17), 0, 3);

    public static EntityKey Key { get; } = EntityKey.Of(Shard);

    public string Path => _folder.FullName;

    public IDatabase Redis => redis.GetDatabase();

    /// <summary>The journal and the rows of one silo.</summary>
    public (RedisJournal Journal, SharedRows Rows) Open()
    {
        var folder = new EntityFolder(Path);
        var rows = new SharedRows(folder);
        var journal = new RedisJournal(
            Redis, clusterId, rows, new ClosedEntities(folder), NullLogger.Instance);
        return (journal, rows);
    }

    public IEnumerable<string> Keys() =>
        redis.GetServers()[0].Keys(pattern: $"gridvolunteer:{clusterId}:*").Select(key => key.ToString());

    public static TurnRecord Turn(string journalled, params ResultRow[] rows) =>
        new(System.Text.Encoding.UTF8.GetBytes(journalled), rows, null);

    public static ResultRow Row(long sequence, params byte[] packed) =>
        new(sequence, [new UnitRun(sequence, 1)], packed);

    public static string[] Texts(EntityRecord record) =>
        [.. record.Turns.Select(t => System.Text.Encoding.UTF8.GetString(t.Span))];

    public static JournalPosition Position(EntityRecord record) => new(record.Version, record.Epoch);

    public void Dispose() => _folder.Delete(recursive: true);
}
