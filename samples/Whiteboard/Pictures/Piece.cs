namespace Whiteboard.Pictures;

/// <summary>A piece of a stroke, as it is drawn: strokes are sent while the pen moves.</summary>
internal sealed record Piece
{
    /// <summary>Which stroke; made up by the page that draws it.</summary>
    public required string Stroke { get; init; }

    /// <summary>
    /// The stroke's place above others: greater than of all that its author saw when it was begun. Ties are broken by
    /// <see cref="Stroke"/>. So all paint in one order, though strokes arrive in several.
    /// </summary>
    public long Depth { get; init; }

    /// <summary>How many times the board had been wiped when the stroke was begun.</summary>
    public int Wipes { get; init; }

    /// <summary>The colour, as #rrggbb.</summary>
    public required string Color { get; init; }

    /// <summary>The width, in the picture's units.</summary>
    public int Width { get; init; }

    /// <summary>The points, x and y by turns, from where the piece before ended.</summary>
    public required int[] Points { get; init; }
}
