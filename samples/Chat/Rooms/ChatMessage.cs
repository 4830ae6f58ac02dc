namespace Chat.Rooms;

/// <summary>What is sent to a room: a name to be called by, or something said.</summary>
internal sealed record ChatMessage
{
    public string? Name { get; init; }

    public string? Text { get; init; }
}
