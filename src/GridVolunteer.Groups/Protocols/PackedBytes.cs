namespace GridVolunteer.Groups.Protocols;

/// <summary>Pieces of bytes one after the other in one buffer, which is kept when it is emptied.</summary>
/// <param name="sizeBytes">The buffer's size at first.</param>
internal sealed class PackedBytes(int sizeBytes)
{
    private byte[] _bytes = new byte[sizeBytes];

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>A piece; valid until something is added or the buffer emptied.</summary>
    public ReadOnlySpan<byte> this[int start, int length] => _bytes.AsSpan(start, length);

    /// <summary>Adds a piece; answers where it starts.</summary>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        var start = Length;
        Length += bytes.Length;
        return start;
    }

    /// <summary>Empties it; a buffer above a size is given up, so that one flood does not hold its memory for ever.</summary>
    public void Clear(int keptSizeBytesMax = int.MaxValue)
    {
        Length = 0;
        if (_bytes.Length > keptSizeBytesMax)
        {
            _bytes = new byte[keptSizeBytesMax];
        }
    }
}
