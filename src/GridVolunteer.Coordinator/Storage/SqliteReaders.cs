using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// The reading connections, lent one call at a time. A connection that failed is closed and not lent again.
/// </summary>
internal sealed class SqliteReaders(string path, int idleMax) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads with a connection of its own for the call, on the caller's thread.</summary>
    public TResult Read<TArgument, TResult>(TArgument argument, Func<SqliteReader, TArgument, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(SqliteSchema.OpenReader(path));
        try
        {
            var result = read(reader, argument);
            GiveBack(reader);
            return result;
        }
        catch (SqliteException)
        {
            reader.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private void GiveBack(SqliteReader reader)
    {
        if (_closed || _idle.Count >= idleMax)
        {
            reader.Dispose();
        }
        else
        {
            _idle.Add(reader);
        }
    }
}
