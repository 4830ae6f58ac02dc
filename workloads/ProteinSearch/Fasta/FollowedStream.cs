namespace GridVolunteer.Workloads.ProteinSearch.Fasta;

/// <summary>Reads a stream to its end and then some bytes more.</summary>
/// <param name="first">The stream; disposed with this one.</param>
/// <param name="then">The bytes.</param>
internal sealed class FollowedStream(Stream first, ReadOnlyMemory<byte> then) : Stream
{
    private ReadOnlyMemory<byte> _left = then;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = first.Read(buffer);
        if (read > 0 || buffer.IsEmpty)
        {
            return read;
        }

        var count = Math.Min(buffer.Length, _left.Length);
        _left.Span[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            first.Dispose();
        }

        base.Dispose(disposing);
    }
}
