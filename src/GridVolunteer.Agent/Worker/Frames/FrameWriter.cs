using System.Buffers.Binary;
using System.Text;

namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>Builds frames one after the other in one growing buffer. One caller at a time.</summary>
internal sealed class FrameWriter
{
    private const int VarintSizeBytesMax = 10;
    private const int NoFrame = -1;

    private byte[] _buffer = new byte[4096];
    private int _length;
    private int _frame = NoFrame;

    /// <summary>The frames finished and the one under way.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    public void Clear() => _length = 0;

    public void Begin(FrameKind kind)
    {
        _frame = _length;
        Reserve(Frame.PrefixSizeBytes + 1);
        _length += Frame.PrefixSizeBytes;
        _buffer[_length++] = (byte)kind;
    }

    /// <exception cref="FrameException">The frame has become larger than a frame may be; it is taken back.</exception>
    public void End()
    {
        var size = _length - _frame - Frame.PrefixSizeBytes;
        if (size > Frame.SizeBytesMax)
        {
            _length = _frame;
            throw new FrameException($"A message of {size} bytes is larger than the {Frame.SizeBytesMax} allowed.");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_frame), (uint)size);
        _frame = NoFrame;
    }

    public void Varint(long value)
    {
        Reserve(VarintSizeBytesMax);
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            _buffer[_length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _buffer[_length++] = (byte)rest;
    }

    public void Number(double value)
    {
        Reserve(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(double);
    }

    public void Flag(bool value)
    {
        Reserve(1);
        _buffer[_length++] = value ? (byte)1 : (byte)0;
    }

    /// <summary>Length, then the bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Varint(bytes.Length);
        Raw(bytes);
    }

    public void Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes alone.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }
}
