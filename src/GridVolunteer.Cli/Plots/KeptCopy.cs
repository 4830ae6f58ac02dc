namespace GridVolunteer.Cli.Plots;

/// <summary>
/// Passes on what is written and keeps a copy, up to a size; beyond it the copy is given up and the rest only
/// passed on.
/// </summary>
/// <param name="next">Where bytes go; not disposed.</param>
/// <param name="sizeBytesMax">The most that is kept.</param>
internal sealed class KeptCopy(Stream next, int sizeBytesMax) : Stream
{
    private MemoryStream? _kept = new();

    /// <summary>What was written; null when it was more than is kept.</summary>
    public ReadOnlyMemory<byte>? Bytes => _kept?.GetBuffer().AsMemory(0, (int)_kept.Length);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Keep(buffer);
        next.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Keep(buffer.Span);
        return next.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override void Flush() => next.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _kept?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_kept is not null && _kept.Length + bytes.Length > sizeBytesMax)
        {
            _kept.Dispose();
            _kept = null;
        }

        _kept?.Write(bytes);
    }
}
