namespace Whiteboard.Pictures;

/// <summary>What is sent to the group: a piece of a stroke, a wipe, or a name to be called by.</summary>
internal sealed record BoardMessage
{
    public Piece? Piece { get; init; }

    public bool Wipe { get; init; }

    public string? Name { get; init; }
}
