using Microsoft.Data.Sqlite;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// The tables, their version, and how connections are opened. Table <c>entity</c> numbers the names of
/// entities; <c>turn</c> and <c>result</c> lie under <see cref="RowKey"/>s; <c>snapshot</c> stands for all
/// turns up to its version.
/// </summary>
internal static class SqliteSchema
{
    public const string FileName = "grid.db";

    private const int Version = 1;
    private const int ApplicationId = 0x47566f6c;
    private const int TableCount = 4;

    private const string CreateTables = """
        CREATE TABLE entity (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE turn (key INTEGER PRIMARY KEY, journalled BLOB NOT NULL);
        CREATE TABLE snapshot (entity INTEGER PRIMARY KEY, version INTEGER NOT NULL, state BLOB NOT NULL);
        CREATE TABLE result (key INTEGER PRIMARY KEY, runs BLOB NOT NULL, packed BLOB NOT NULL);
        """;

    /// <summary>
    /// The connection that writes. Every commit is on the disk when it returns (WAL with synchronous=FULL).
    /// </summary>
    public static SqliteConnection OpenWriter(string path, SqliteStorageOptions options)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // The page size counts only while the file is new. Larger pages cost more processor time a row:
            // measured.
            Execute(connection, """
                PRAGMA page_size = 4096;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA cache_size = -32768;
                PRAGMA temp_store = MEMORY;
                """);
            if (options.DatabaseSizeBytesMax is { } limit)
            {
                var pages = Math.Max(1, limit / Scalar(connection, "PRAGMA page_size"));
                Execute(connection, FormattableString.Invariant($"PRAGMA max_page_count = {pages}"));
            }

            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that only reads.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;");
        return connection;
    }

    /// <summary>
    /// Creates the tables in a new file, or checks that they are those of this version and undamaged.
    /// </summary>
    /// <exception cref="DataFolderException">It is another program's, a newer version's, or
    /// damaged.</exception>
    public static void Prepare(SqliteConnection connection, string path, long checkedSizeBytesMax)
    {
        var version = Scalar(connection, "PRAGMA user_version");
        var tables = Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
        if (version == 0 && tables == 0)
        {
            Execute(connection, FormattableString.Invariant(
                $"BEGIN; {CreateTables} PRAGMA user_version = {Version}; PRAGMA application_id = {ApplicationId}; COMMIT;"));
            return;
        }

        if (Scalar(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new DataFolderException(
                $"'{path}' is not a GridVolunteer database. Choose another folder with --data.");
        }

        if (version > Version)
        {
            throw new DataFolderException(
                $"The database '{path}' has schema version {version}; this coordinator knows up to {Version}. " +
                "Start the newer coordinator that wrote it, or choose another folder with --data.");
        }

        if (tables != TableCount
            || (new FileInfo(path).Length <= checkedSizeBytesMax && Text(connection, "PRAGMA quick_check(1)") != "ok"))
        {
            throw new DataFolderException(SqliteTrouble.Damaged(path));
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // No pooling: a connection's settings are its own. The time-out is for a moment's lock of a
        // checkpoint.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, 5000);
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is this class's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection, sql);
        return statement.Scalar() ?? 0;
    }

    private static string Text(SqliteConnection connection, string sql)
    {
        using var statement = new SqliteStatement(connection, sql);
        return statement.Step() ? System.Text.Encoding.UTF8.GetString(statement.Bytes(0)) : "";
    }
}
