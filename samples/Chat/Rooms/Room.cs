using System.Text.Json;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Ordering;

namespace Chat.Rooms;

/// <summary>
/// A room this person is in: a group, in which every line has one place in the order that all see. Who comes later gets
/// what was said before from those who are there.
/// </summary>
internal sealed class Room
{
    private readonly Action<string> _print;
    private readonly RoomHistory _history = new();
    private Task _reading = Task.CompletedTask;

    private Room(string name, Action<string> print)
    {
        Name = name;
        _print = print;
    }

    public string Name { get; }

    public Group Group { get; private set; } = null!;

    public static async Task<Room> EnterAsync(
        GroupNode node, string roomName, string person, Action<string> print, CancellationToken cancellationToken)
    {
        var room = new Room(roomName, print);
        room.Group = await node.JoinAsync(
            roomName, GroupKind.Closed, new JoinOptions { ProvideState = room._history.ToBytes }, cancellationToken);
        room._reading = room.ReadAsync(node.Id, person);
        return room;
    }

    /// <summary>Says something to all in the room.</summary>
    public Task SayAsync(string text, CancellationToken cancellationToken = default) =>
        SendAsync(new ChatMessage { Text = text }, cancellationToken);

    public string NameOf(ProcessId id) => _history.NameOf(id);

    public async Task LeaveAsync()
    {
        await Group.LeaveAsync();
        await _reading;
    }

    private async Task ReadAsync(ProcessId self, string person)
    {
        await foreach (var update in Group.Events())
        {
            foreach (var line in _history.Take(update))
            {
                _print($"[{Name}] {line}");
            }

            if (update is GroupUpdate.ViewChanged view && view.Joined.Contains(self))
            {
                // At first, and again in each new life.
                await SendAsync(new ChatMessage { Name = person }, CancellationToken.None);
            }
        }
    }

    private Task SendAsync(ChatMessage message, CancellationToken cancellationToken) => Group.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message, ChatJson.Default.ChatMessage),
        Delivery.Total,
        cancellationToken);
}
