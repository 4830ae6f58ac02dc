namespace Whiteboard.Pictures;

/// <summary>A stroke, as far as it has come.</summary>
internal sealed class Stroke
{
    public required string Id { get; init; }

    public long Depth { get; init; }

    public required string Color { get; init; }

    public int Width { get; init; }

    public List<int> Points { get; init; } = [];
}
