using System.Buffers.Binary;

namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>Reads frames from a stream, through one buffer, each body into bytes of its own. One caller at a time.</summary>
internal sealed class FrameReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next frame, or null when the other side has closed (within a frame too: it is gone).</summary>
    /// <exception cref="FrameException">The frame is empty or larger than allowed.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellation)
    {
        while (_end - _start < Frame.PrefixSizeBytes + 1)
        {
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }

        var (kind, body, filled) = BeginBody();
        while (filled < body.Length)
        {
            var read = await stream.ReadAsync(body.AsMemory(filled), cancellation);
            if (read == 0)
            {
                return null;
            }

            filled += read;
        }

        return new Frame(kind, body);
    }

    /// <summary>As <see cref="ReadAsync"/>, blocking the caller's thread.</summary>
    public Frame? Read()
    {
        while (_end - _start < Frame.PrefixSizeBytes + 1)
        {
            MakeRoom();
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }

        var (kind, body, filled) = BeginBody();
        while (filled < body.Length)
        {
            var read = stream.Read(body, filled, body.Length - filled);
            if (read == 0)
            {
                return null;
            }

            filled += read;
        }

        return new Frame(kind, body);
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
    }

    /// <summary>Takes prefix, kind, and as much of the body as the buffer holds.</summary>
    private (FrameKind Kind, byte[] Body, int Filled) BeginBody()
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start));
        if (size is 0 or > Frame.SizeBytesMax)
        {
            throw new FrameException($"A message of {size} bytes is not one between agent and worker.");
        }

        var kind = (FrameKind)_buffer[_start + Frame.PrefixSizeBytes];
        _start += Frame.PrefixSizeBytes + 1;
        var body = new byte[size - 1];
        var filled = Math.Min(body.Length, _end - _start);
        _buffer.AsSpan(_start, filled).CopyTo(body);
        _start += filled;
        return (kind, body, filled);
    }
}
