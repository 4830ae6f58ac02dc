using System.Text.Json;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Hosting;

namespace Chat.Rooms;

/// <summary>
/// What was said in a room and who is who in it. It changes only by the room's events, which all get in one order, so it is
/// the same at all who are there; it is the state that those who come later begin with.
/// </summary>
internal sealed class RoomHistory
{
    private const int LinesMax = 200;
    private const int TextMax = 2_000;

    private readonly Lock _lock = new();
    private RoomState _state = new();

    /// <summary>What a person is called; the first digits of the id until the name has come.</summary>
    public string NameOf(ProcessId id)
    {
        lock (_lock)
        {
            return _state.Names.GetValueOrDefault($"{id}") ?? $"{id}"[..8];
        }
    }

    public ReadOnlyMemory<byte> ToBytes()
    {
        lock (_lock)
        {
            return JsonSerializer.SerializeToUtf8Bytes(_state, ChatJson.Default.RoomState);
        }
    }

    /// <summary>Takes in an event; returns the lines to show for it.</summary>
    public IReadOnlyList<string> Take(GroupUpdate update)
    {
        lock (_lock)
        {
            return update switch
            {
                GroupUpdate.Message message => Take(message),
                GroupUpdate.ViewChanged view => Take(view),
                GroupUpdate.Stalled => ["* most of the room is out of reach; nothing can be said until it is back"],
                GroupUpdate.Interrupted => ["* you were cut off; coming back"],
                GroupUpdate.Ended ended => [$"* {Describe(ended.Reason)}"],
                _ => [],
            };
        }
    }

    private List<string> Take(GroupUpdate.Message message)
    {
        var sender = $"{message.Sender}";
        ChatMessage? said;
        try
        {
            said = JsonSerializer.Deserialize(message.Payload.Span, ChatJson.Default.ChatMessage);
        }
        catch (JsonException)
        {
            // Another program's; nothing to show.
            return [];
        }

        if (said?.Name is { } name)
        {
            var isKnown = _state.Names.ContainsKey(sender);
            _state.Names[sender] = Short(name);
            return isKnown ? [] : [$"* {Short(name)} is here ({_state.Names.Count} in all)"];
        }

        if (said?.Text is not { } text)
        {
            return [];
        }

        var line = $"{_state.Names.GetValueOrDefault(sender) ?? sender[..8]}: {Short(text)}";
        _state.Lines.Add(line);
        _state.Lines.RemoveRange(0, Math.Max(0, _state.Lines.Count - LinesMax));
        return [line];
    }

    private List<string> Take(GroupUpdate.ViewChanged view)
    {
        List<string> lines = [];
        if (view.State is { } bytes)
        {
            _state = JsonSerializer.Deserialize(bytes.Span, ChatJson.Default.RoomState) ?? new RoomState();
            lines.AddRange(_state.Lines.Select(l => $"< {l}"));
        }

        foreach (var id in view.Gone)
        {
            if (_state.Names.Remove($"{id}", out var name))
            {
                lines.Add($"* {name} has left ({_state.Names.Count} in all)");
            }
        }

        return lines;
    }

    private static string Describe(GroupEnd reason) => reason switch
    {
        GroupEnd.Left => "you have left",
        GroupEnd.Dissolved => "the room is closed",
        _ => $"you are out of the room ({reason})",
    };

    /// <summary>Others' words stay on their line, and within bounds.</summary>
    private static string Short(string text) =>
        string.Concat(text.Where(c => !char.IsControl(c)).Take(TextMax));
}
