using Microsoft.Data.Sqlite;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// A connection that reads, with its prepared statements. One user at a time; never holds a transaction open
/// between calls.
/// </summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _findEntity;
    private readonly SqliteStatement _snapshot;
    private readonly SqliteStatement _turns;
    private readonly SqliteStatement _result;

    public SqliteReader(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN");
        _end = new(connection, "ROLLBACK");
        _findEntity = new(connection, "SELECT number FROM entity WHERE name = ?1");
        _snapshot = new(connection, "SELECT version, state FROM snapshot WHERE entity = ?1");
        _turns = new(connection, "SELECT key, journalled FROM turn WHERE key BETWEEN ?1 AND ?2 ORDER BY key");
        _result = new(connection, "SELECT packed FROM result WHERE key = ?1");
    }

    /// <summary>The number of an entity, which never changes, or null when nothing is stored of it.</summary>
    public int? Find(string name) => (int?)_findEntity.Bind(1, name).Scalar();

    /// <summary>Snapshot and turns of an entity, of one moment.</summary>
    public EntityRecord Load(string name)
    {
        _begin.Execute();
        try
        {
            return Find(name) is { } number ? Load(number) : EntityRecord.Empty;
        }
        finally
        {
            _end.Execute();
        }
    }

    /// <summary>A row of results, or null.</summary>
    public byte[]? ReadResult(int entity, long sequence)
    {
        _result.Bind(1, RowKey.Of(entity, sequence));
        try
        {
            return _result.Step() ? _result.Bytes(0).ToArray() : null;
        }
        finally
        {
            _result.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_begin, _end, _findEntity, _snapshot, _turns, _result])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private EntityRecord Load(int number)
    {
        var version = 0L;
        ReadOnlyMemory<byte>? snapshot = null;
        if (_snapshot.Bind(1, number).Step())
        {
            version = _snapshot.Integer(0);
            snapshot = _snapshot.Bytes(1).ToArray();
        }

        _snapshot.Reset();
        var turns = new List<ReadOnlyMemory<byte>>();
        _turns.Bind(1, RowKey.First(number)).Bind(2, RowKey.Last(number));
        while (_turns.Step())
        {
            version = RowKey.Number(_turns.Integer(0));
            turns.Add(_turns.Bytes(1).ToArray());
        }

        _turns.Reset();
        return new EntityRecord(version, snapshot, turns);
    }
}
