using GridVolunteer.Coordination.Entities;
using Microsoft.Win32.SafeHandles;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// A file that one loading of one shard appends its rows to. One user at a time. After a failure it is thrown
/// away: the shard is loaded anew and gets a file of its own.
/// </summary>
internal sealed class RowFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private long _length;

    private RowFile(SafeFileHandle file, long length)
    {
        _file = file;
        _length = length;
    }

    /// <summary>When it was last written, by the store's counting.</summary>
    public long UsedAt { get; set; }

    /// <summary>True when the handle was given back.</summary>
    public bool IsClosed => _file.IsClosed;

    /// <summary>Makes the file; its name is not on the disk yet.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static RowFile Create(string path) =>
        new(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read), 0);

    /// <summary>Opens one that this process closed to save handles.</summary>
    public static RowFile Reopen(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        return new RowFile(file, RandomAccess.GetLength(file));
    }

    /// <summary>Appends rows; when this returns they are on the disk.</summary>
    public void Append(IReadOnlyList<ResultRow> rows)
    {
        var pieces = new ReadOnlyMemory<byte>[2 * rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var header = new byte[RowHeader.SizeBytes];
            RowHeader.Of(rows[i].Sequence, rows[i].Packed.Span).Write(header);
            pieces[2 * i] = header;
            pieces[(2 * i) + 1] = rows[i].Packed;
        }

        RandomAccess.Write(_file, pieces, _length);
        RandomAccess.FlushToDisk(_file);
        _length += pieces.Sum(piece => (long)piece.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
