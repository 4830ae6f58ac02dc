using System.Buffers;

namespace GridVolunteer.Coordination.Entities;

/// <summary>A growing buffer that can be cut back to an earlier length.</summary>
internal sealed class JournalBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[256];

    /// <summary>Bytes written.</summary>
    public int WrittenBytes { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, WrittenBytes);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - WrittenBytes));
        WrittenBytes += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(WrittenBytes);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(WrittenBytes);
    }

    /// <summary>Forgets everything after the first <paramref name="lengthBytes"/> bytes.</summary>
    public void Truncate(int lengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)lengthBytes, (uint)WrittenBytes);
        WrittenBytes = lengthBytes;
    }

    private void Reserve(int sizeHint)
    {
        var needed = WrittenBytes + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }
    }
}
