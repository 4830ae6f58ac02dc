using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridVolunteer.Coordinator.Tests.Storage;

/// <summary>A data folder that tests open, close, spoil and open again; gone at the end.</summary>
internal sealed class StorageFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-storage-");

    public string Path => _folder.FullName;

    public string Database => System.IO.Path.Combine(Path, "grid.db");

    public static EntityKey Key(int number) => EntityKey.Of(Shard(number));

    public static ShardId Shard(int number) => new(new JobId(1), 0, number);

    public static TurnRecord Turn(string journalled, params ResultRow[] rows) =>
        new(System.Text.Encoding.UTF8.GetBytes(journalled), rows, null);

    public static ResultRow Row(long sequence, byte[] packed) =>
        new(sequence, [new UnitRun(sequence, 1)], packed);

    public static string[] Texts(EntityRecord record) =>
        [.. record.Turns.Select(t => System.Text.Encoding.UTF8.GetString(t.Span))];

    public Session Open(SqliteStorageOptions? options = null) =>
        new(Path, options ?? new SqliteStorageOptions());

    /// <summary>Runs SQL on the closed database.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal sealed class Session : IAsyncDisposable
    {
        private readonly DataFolderLock _lock;

        public Session(string path, SqliteStorageOptions options)
        {
            _lock = DataFolderLock.Acquire(path);
            try
            {
                Storage = SqliteStorage.Open(_lock, options, NullLogger.Instance);
            }
            catch
            {
                _lock.Dispose();
                throw;
            }
        }

        public SqliteStorage Storage { get; }

        public async ValueTask DisposeAsync()
        {
            await Storage.DisposeAsync();
            _lock.Dispose();
        }
    }
}
