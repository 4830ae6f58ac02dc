using System.Buffers.Binary;
using System.Text;

namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>
/// Reads the parts of a frame in the order they were written; never past its end. What is malformed throws
/// <see cref="FrameException"/>. Slices share the frame's bytes.
/// </summary>
internal struct FrameBody(ReadOnlyMemory<byte> body)
{
    private readonly ReadOnlyMemory<byte> _body = body;
    private int _position;

    public readonly bool AtEnd => _position == _body.Length;

    public long Varint()
    {
        if (!Protocol.Packing.Varint.TryRead(_body.Span[_position..], out var value, out var used))
        {
            throw Malformed();
        }

        _position += used;
        return (long)value;
    }

    /// <summary>A number from 0 to <paramref name="max"/>.</summary>
    public int Count(int max)
    {
        var value = Varint();
        return value >= 0 && value <= max ? (int)value : throw Malformed();
    }

    public double Number() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)).Span);

    public bool Flag() => Take(1).Span[0] switch
    {
        0 => false,
        1 => true,
        _ => throw Malformed(),
    };

    public ReadOnlyMemory<byte> Bytes() => Take(Count(_body.Length));

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    /// <summary>Says that this is all; a longer frame is malformed.</summary>
    public readonly void End()
    {
        if (!AtEnd)
        {
            throw Malformed();
        }
    }

    private ReadOnlyMemory<byte> Take(int bytes)
    {
        if (bytes > _body.Length - _position)
        {
            throw Malformed();
        }

        var slice = _body.Slice(_position, bytes);
        _position += bytes;
        return slice;
    }

    private static FrameException Malformed() => new("A message between agent and worker is malformed.");
}
