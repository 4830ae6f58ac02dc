using System.Text;

namespace GridVolunteer.Workloads.ParameterSweep.Running;

/// <summary>
/// Reads a stream to its end, so that the program never blocks on a full pipe, and keeps a bounded part of
/// it.
/// </summary>
internal sealed class BoundedCapture
{
    private readonly byte[] _kept;
    private readonly bool _keepEnd;
    private int _length;

    /// <param name="sizeBytesMax">How many bytes to keep.</param>
    /// <param name="keepEnd">The last ones rather than the first.</param>
    public BoundedCapture(int sizeBytesMax, bool keepEnd)
    {
        _kept = new byte[sizeBytesMax];
        _keepEnd = keepEnd;
    }

    /// <summary>Bytes read in all.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Whether something was not kept.</summary>
    public bool IsCut => TotalBytes > _length;

    /// <summary>What was kept, as UTF-8. A character cut in two at the border is left out.</summary>
    public string Text
    {
        get
        {
            var bytes = _kept.AsSpan(0, _length);
            if (IsCut && _keepEnd)
            {
                bytes = bytes[FirstWhole(bytes)..];
            }
            else if (IsCut)
            {
                bytes = bytes[..EndOfWhole(bytes)];
            }

            return Encoding.UTF8.GetString(bytes);
        }
    }

    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            Add(buffer.AsSpan(0, read));
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        TotalBytes += bytes.Length;
        if (!_keepEnd)
        {
            bytes = bytes[..Math.Min(bytes.Length, _kept.Length - _length)];
        }
        else if (bytes.Length > _kept.Length)
        {
            bytes = bytes[^_kept.Length..];
        }

        var over = _length + bytes.Length - _kept.Length;
        if (over > 0)
        {
            _kept.AsSpan(over, _length - over).CopyTo(_kept);
            _length -= over;
        }

        bytes.CopyTo(_kept.AsSpan(_length));
        _length += bytes.Length;
    }

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;

    private static int FirstWhole(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (start < bytes.Length && start < 3 && IsContinuation(bytes[start]))
        {
            start++;
        }

        return start;
    }

    private static int EndOfWhole(ReadOnlySpan<byte> bytes)
    {
        var last = bytes.Length - 1;
        while (last >= 0 && last > bytes.Length - 4 && IsContinuation(bytes[last]))
        {
            last--;
        }

        if (last < 0)
        {
            return bytes.Length;
        }

        var needs = bytes[last] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
        return bytes.Length - last >= needs ? bytes.Length : last;
    }
}
