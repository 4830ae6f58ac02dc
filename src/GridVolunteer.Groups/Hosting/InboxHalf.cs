using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Hosting;

/// <summary>Items, and their bytes.</summary>
internal sealed class InboxHalf
{
    private const int KeptSizeBytesMax = 1 << 20;

    private readonly PackedBytes _bytes = new(4_096);

    public List<InboxItem> Items { get; } = [];

    public int Length => _bytes.Length;

    public ReadOnlySpan<byte> BytesOf(InboxItem item) => _bytes[item.Start, item.SizeBytes];

    public int Keep(ReadOnlySpan<byte> bytes) => _bytes.Add(bytes);

    public void Clear()
    {
        Items.Clear();
        _bytes.Clear(KeptSizeBytesMax);
    }
}
