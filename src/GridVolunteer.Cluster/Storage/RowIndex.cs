using Microsoft.Win32.SafeHandles;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// Where each row of a row file lies, as far as the file was long when somebody last looked. Any number of
/// callers at once.
/// </summary>
internal sealed class RowIndex
{
    private readonly Lock _gate = new();
    private readonly List<(RowHeader Header, long Start)> _rows = [];
    private long _end;

    /// <summary>
    /// Finds a row, reading on in the file where that is needed. The rows of a file have increasing sequences.
    /// </summary>
    public (RowHeader Header, long Start)? Find(SafeFileHandle file, long sequence)
    {
        lock (_gate)
        {
            if (_rows.Count == 0 || _rows[^1].Header.Sequence < sequence)
            {
                ReadOn(file);
            }

            var (low, high) = (0, _rows.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _rows[middle].Header.Sequence < sequence ? (middle + 1, high) : (low, middle);
            }

            return low < _rows.Count && _rows[low].Header.Sequence == sequence ? _rows[low] : null;
        }
    }

    private void ReadOn(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> bytes = stackalloc byte[RowHeader.SizeBytes];
        while (_end + RowHeader.SizeBytes <= length)
        {
            var read = RandomAccess.Read(file, bytes, _end);
            if (RowHeader.Read(bytes[..read]) is not { } header
                || _end + RowHeader.SizeBytes + header.LengthBytes > length)
            {
                return;
            }

            _rows.Add((header, _end + RowHeader.SizeBytes));
            _end += RowHeader.SizeBytes + header.LengthBytes;
        }
    }
}
