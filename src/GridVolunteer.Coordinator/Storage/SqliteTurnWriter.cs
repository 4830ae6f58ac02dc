using System.Buffers;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// The connection that writes, with its prepared statements and what it knows of the entities' versions. The
/// writer thread is its only user. After any failure it is thrown away, so that nothing remembered outlives a
/// transaction that did not.
/// </summary>
internal sealed class SqliteTurnWriter : IDisposable
{
    private const int KnownEntitiesMax = 65536;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _findEntity;
    private readonly SqliteStatement _addEntity;
    private readonly SqliteStatement _snapshotVersion;
    private readonly SqliteStatement _lastTurn;
    private readonly SqliteStatement _addTurn;
    private readonly SqliteStatement _addResult;
    private readonly SqliteStatement _putSnapshot;
    private readonly SqliteStatement _trimTurns;
    private readonly Dictionary<string, KnownEntity> _known = [];
    private readonly ArrayBufferWriter<byte> _runs = new();

    public SqliteTurnWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _findEntity = new(connection, "SELECT number FROM entity WHERE name = ?1");
        _addEntity = new(connection, "INSERT INTO entity (name) VALUES (?1) RETURNING number");
        _snapshotVersion = new(connection, "SELECT version FROM snapshot WHERE entity = ?1");
        _lastTurn = new(connection, "SELECT max(key) FROM turn WHERE key BETWEEN ?1 AND ?2");
        _addTurn = new(connection, "INSERT INTO turn (key, journalled) VALUES (?1, ?2)");
        _addResult = new(connection, "INSERT INTO result (key, runs, packed) VALUES (?1, ?2, ?3)");
        _putSnapshot = new(
            connection, "INSERT OR REPLACE INTO snapshot (entity, version, state) VALUES (?1, ?2, ?3)");
        _trimTurns = new(connection, "DELETE FROM turn WHERE key BETWEEN ?1 AND ?2");
    }

    /// <summary>Begins a transaction.</summary>
    public void Begin()
    {
        if (_known.Count > KnownEntitiesMax)
        {
            _known.Clear();
        }

        _begin.Execute();
    }

    /// <summary>Ends the transaction: when this returns, all of it is on the disk.</summary>
    public void Commit() => _commit.Execute();

    /// <summary>
    /// Puts a turn into the transaction. False, and nothing was put, when the entity is at another version.
    /// </summary>
    public bool TryWrite(PendingAppend append, out long sizeBytes)
    {
        sizeBytes = 0;
        var entity = Find(append.Entity.Name);
        if (entity.Version != append.Expected.Version)
        {
            return false;
        }

        var version = entity.Version + 1;
        if (append.Turn.Snapshot is { } snapshot)
        {
            _putSnapshot.Bind(1, entity.Number).Bind(2, version).Bind(3, snapshot.Span).Execute();
            _trimTurns.Bind(1, RowKey.First(entity.Number)).Bind(2, RowKey.Last(entity.Number)).Execute();
            sizeBytes += snapshot.Length;
        }
        else
        {
            var journalled = append.Turn.Journalled;
            _addTurn.Bind(1, RowKey.Of(entity.Number, version)).Bind(2, journalled.Span).Execute();
            sizeBytes += journalled.Length;
        }

        foreach (var row in append.Turn.Rows)
        {
            _addResult.Bind(1, RowKey.Of(entity.Number, row.Sequence)).Bind(2, Pack(row.Runs)).Bind(
                3, row.Packed.Span)
                .Execute();
            sizeBytes += row.Packed.Length;
        }

        entity.Version = version;
        return true;
    }

    /// <summary>
    /// Moves what is written ahead into the database file, as far as readers allow; answers how many pages
    /// are left.
    /// </summary>
    public int Checkpoint()
    {
        var result = raw.sqlite3_wal_checkpoint_v2(
            _connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out var moved);
        if (result is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        }

        return pages - moved;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)
            [_begin, _commit, _findEntity, _addEntity, _snapshotVersion, _lastTurn, _addTurn, _addResult, _putSnapshot,
                _trimTurns])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private KnownEntity Find(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_findEntity.Bind(1, name).Scalar() is { } found)
        {
            var number = checked((int)found);
            var last = _lastTurn.Bind(1, RowKey.First(number)).Bind(2, RowKey.Last(number)).Scalar();
            var version = last is { } key
                ? RowKey.Number(key)
                : _snapshotVersion.Bind(1, number).Scalar() ?? 0;
            known = new KnownEntity { Number = number, Version = version };
        }
        else
        {
            known = new KnownEntity { Number = checked((int)_addEntity.Bind(1, name).Scalar()!.Value) };
        }

        _known.Add(name, known);
        return known;
    }

    private ReadOnlySpan<byte> Pack(IReadOnlyList<UnitRun> runs)
    {
        _runs.ResetWrittenCount();
        for (var i = 0; i < runs.Count; i++)
        {
            Varint.Write(_runs, (ulong)runs[i].Start);
            Varint.Write(_runs, (ulong)runs[i].Count);
        }

        return _runs.WrittenSpan;
    }

    private sealed class KnownEntity
    {
        public required int Number { get; init; }

        public long Version { get; set; }
    }
}
