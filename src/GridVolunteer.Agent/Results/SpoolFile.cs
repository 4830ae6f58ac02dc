using System.Buffers.Binary;
using System.Numerics;

namespace GridVolunteer.Agent.Results;

/// <summary>
/// A file of records, each behind its length and CRC-32C, that is only appended to. What was cut off or damaged at its end
/// (the machine lost power) is dropped when it is opened; everything before it is read.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    private const int HeaderSizeBytes = 8;
    private const int RecordSizeBytesMax = 64 * 1024 * 1024;

    private readonly FileStream _file;
    private byte[] _buffer = new byte[4096];

    private SpoolFile(FileStream file)
    {
        _file = file;
    }

    public long LengthBytes { get; private set; }

    /// <summary>Opens the file, making it when it is not there, and hands every whole record to <paramref name="read"/>.</summary>
    public static SpoolFile Open(string path, Action<ReadOnlyMemory<byte>> read)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var spool = new SpoolFile(file);
        spool.LengthBytes = ReadAll(path, read);
        file.SetLength(spool.LengthBytes);
        file.Position = spool.LengthBytes;
        return spool;
    }

    /// <summary>
    /// Writes a new file of these records beside <paramref name="path"/>, syncs it, and puts it in the place of the old one.
    /// </summary>
    public static SpoolFile Replace(string path, IEnumerable<byte[]> records)
    {
        var part = path + ".part";
        File.Delete(part);
        using (var spool = new SpoolFile(new FileStream(part, FileMode.CreateNew, FileAccess.Write)))
        {
            foreach (var record in records)
            {
                spool.Append(record);
            }

            spool._file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
        return Open(path, static _ => { });
    }

    /// <summary>Appends a record in one write: a process that is killed leaves it whole or not at all.</summary>
    /// <exception cref="IOException">The disk is full or broken; nothing was appended.</exception>
    public void Append(ReadOnlySpan<byte> record)
    {
        var size = HeaderSizeBytes + record.Length;
        if (_buffer.Length < size)
        {
            _buffer = new byte[size * 2];
        }

        BinaryPrimitives.WriteInt32LittleEndian(_buffer, record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(4), Checksum(record));
        record.CopyTo(_buffer.AsSpan(HeaderSizeBytes));
        try
        {
            _file.Write(_buffer, 0, size);
            LengthBytes += size;
        }
        catch (IOException)
        {
            _file.SetLength(LengthBytes);
            throw;
        }
    }

    /// <summary>Forgets every record.</summary>
    public void Clear()
    {
        _file.SetLength(0);
        _file.Position = 0;
        LengthBytes = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static long ReadAll(string path, Action<ReadOnlyMemory<byte>> read)
    {
        using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[HeaderSizeBytes];
        var good = 0L;
        while (input.ReadAtLeast(header, HeaderSizeBytes, throwOnEndOfStream: false) == HeaderSizeBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (length is < 1 or > RecordSizeBytesMax)
            {
                break;
            }

            var record = new byte[length];
            if (input.ReadAtLeast(record, length, throwOnEndOfStream: false) != length
                || Checksum(record) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)))
            {
                break;
            }

            read(record);
            good += HeaderSizeBytes + length;
        }

        return good;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
