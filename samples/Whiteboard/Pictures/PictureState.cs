namespace Whiteboard.Pictures;

/// <summary>All there is to know of a picture: what those who come later begin with, and what a page is shown first.</summary>
internal sealed class PictureState
{
    /// <summary>How many times it was wiped.</summary>
    public int Wipes { get; set; }

    /// <summary>Who is there, by the id of their process.</summary>
    public SortedDictionary<string, string> People { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The strokes, the lowest first.</summary>
    public List<Stroke> Strokes { get; init; } = [];
}
