namespace Chat.Rooms;

/// <summary>A room as all in it know it.</summary>
internal sealed class RoomState
{
    /// <summary>What people are called, by the id of their process.</summary>
    public SortedDictionary<string, string> Names { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What was said last.</summary>
    public List<string> Lines { get; init; } = [];
}
