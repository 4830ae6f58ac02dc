using GridVolunteer.Coordination.Contracts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>Says in words for people what an SQLite error means and what to do.</summary>
internal static class SqliteTrouble
{
    /// <summary>What is said of a damaged file.</summary>
    public static string Damaged(string path) =>
        $"The database '{path}' is damaged. Stop the coordinator and restore the data folder from a backup, or save what can " +
        $"be read with: sqlite3 '{path}' .recover | sqlite3 recovered.db; then put recovered.db in its place.";

    /// <summary>True when going on with the file could make things worse.</summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>
    /// True when the fault lies with the disk and not with a turn, so that other turns would meet it too.
    /// </summary>
    public static bool IsOfTheDisk(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY
            or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM || IsDamage(exception);

    /// <summary>What callers are told.</summary>
    public static StorageUnavailableException Describe(SqliteException exception, string path)
    {
        var message = exception.SqliteErrorCode switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(path),
            raw.SQLITE_FULL =>
                $"No space is left for the database '{path}'. Nothing was stored; free some space, and the " +
                "coordinator goes on by itself.",
            raw.SQLITE_IOERR =>
                $"The disk under '{path}' cannot be read or written ({exception.Message}). Nothing was " +
                "stored; see to the disk, and the coordinator goes on by itself.",
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
                $"The database '{path}' cannot be opened for writing ({exception.Message}). Check its owner and mode.",
            _ => $"The database '{path}' answered: {exception.Message} Nothing was stored; try again.",
        };
        return new StorageUnavailableException(message, exception);
    }
}
