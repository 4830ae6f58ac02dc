namespace GridVolunteer.Groups.Hosting;

/// <summary>Items, and their bytes one after the other.</summary>
internal sealed class InboxHalf
{
    private const int KeptSizeBytesMax = 1 << 20;

    private byte[] _bytes = new byte[4_096];

    public List<InboxItem> Items { get; } = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> BytesOf(InboxItem item) => _bytes.AsSpan(item.Start, item.SizeBytes);

    public int Keep(ReadOnlySpan<byte> bytes)
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

    public void Clear()
    {
        Items.Clear();
        Length = 0;
        if (_bytes.Length > KeptSizeBytesMax)
        {
            // One flood does not hold its memory for ever.
            _bytes = new byte[KeptSizeBytesMax];
        }
    }
}
