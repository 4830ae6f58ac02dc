using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// A prepared statement, one level below ADO.NET: it binds spans without copying them into arrays and
/// allocates nothing. Belongs to its connection's one user at a time.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const uint PreparePersistent = 1;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new ObjectDisposedException(nameof(SqliteConnection));
        Check(raw.sqlite3_prepare_v3(_database, sql, PreparePersistent, out _statement));
    }

    /// <summary>Sets parameter <paramref name="index"/> (from 1).</summary>
    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    /// <inheritdoc cref="Bind(int, long)"/>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    /// <inheritdoc cref="Bind(int, long)"/>
    public SqliteStatement Bind(int index, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    /// <summary>Moves to the next row; false after the last. Reset before the next use.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            _ = raw.sqlite3_reset(_statement); // Gives the same error again.
            Check(result);
        }

        return false;
    }

    /// <summary>Runs a statement that has no rows, and resets it.</summary>
    public void Execute()
    {
        Step();
        Reset();
    }

    /// <summary>
    /// The first column of the first row, or null when there is no row or it holds null; resets.
    /// </summary>
    public long? Scalar()
    {
        long? value = Step() && raw.sqlite3_column_type(_statement, 0) != raw.SQLITE_NULL ? Integer(0) : null;
        Reset();
        return value;
    }

    /// <summary>An integer of the row, by column from 0.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Bytes of the row, by column from 0; valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Ends the run and lets go of the bound values.</summary>
    public void Reset()
    {
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
