using Chat.Rooms;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Hosting;

namespace Chat;

/// <summary>
/// One person at a terminal: lines typed go to the room that was entered last, lines that begin with a slash are commands.
/// Everything is printed a line at a time, so that it can be read by a program as well.
/// </summary>
internal sealed class ChatSession(GroupNode node, string name, TextReader input, TextWriter output)
{
    private const string Help =
        "/join ROOM  goes to a room, or back to it    /leave  leaves it    /rooms  your rooms and others'\n"
        + "/who  who is in it                           /quit   says goodbye";

    private readonly TextWriter _output = TextWriter.Synchronized(output);
    private readonly List<Room> _rooms = [];
    private Room? _current;

    /// <summary>Talks until the input ends, <c>/quit</c> is typed or the token is cancelled.</summary>
    public async Task RunAsync(IEnumerable<string> rooms, CancellationToken cancellationToken)
    {
        Say($"* you are {name} at {node.EndPoint}; /help lists commands");
        foreach (var room in rooms)
        {
            await EnterAsync(room, cancellationToken);
        }

        while (await input.ReadLineAsync(cancellationToken) is { } line && line != "/quit")
        {
            if (line.StartsWith('/'))
            {
                await ObeyAsync(line, cancellationToken);
            }
            else if (line.Length > 0)
            {
                await TalkAsync(line, cancellationToken);
            }
        }

        foreach (var room in _rooms.ToArray())
        {
            await LeaveAsync(room);
        }

        Say("* bye");
    }

    private async Task ObeyAsync(string line, CancellationToken cancellationToken)
    {
        var words = line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["/join", var room]:
                await EnterAsync(room, cancellationToken);
                break;
            case ["/leave"] when _current is { } left:
                await LeaveAsync(left);
                break;
            case ["/rooms"]:
                await ListAsync(cancellationToken);
                break;
            case ["/who"] when _current is { } room:
                foreach (var member in room.Group.Members)
                {
                    Say($"[{room.Name}] * {room.NameOf(member.Id)} at {member.EndPoint}");
                }

                break;
            default:
                Say(Help);
                break;
        }
    }

    private async Task EnterAsync(string roomName, CancellationToken cancellationToken)
    {
        if (_rooms.Find(r => r.Name == roomName) is { } present)
        {
            _current = present;
            Say($"[{roomName}] * here you are");
            return;
        }

        try
        {
            var room = await Room.EnterAsync(node, roomName, name, Say, cancellationToken);
            _rooms.Add(room);
            _current = room;
        }
        catch (Exception e) when (e is GroupDeniedException or ArgumentException)
        {
            Say($"* {e.Message}");
        }
    }

    private async Task LeaveAsync(Room room)
    {
        await room.LeaveAsync();
        _rooms.Remove(room);
        _current = _rooms.LastOrDefault();
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await node.ListAsync(cancellationToken))
        {
            var isHere = _rooms.Exists(r => r.Name == entry.Name);
            Say($"* {entry.Name}: {entry.Members.Count} there{(isHere ? ", you too" : "")}");
        }
    }

    private async Task TalkAsync(string line, CancellationToken cancellationToken)
    {
        if (_current is { } room)
        {
            await room.SayAsync(line, cancellationToken);
        }
        else
        {
            Say("* you are in no room: /join ROOM");
        }
    }

    private void Say(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }
}
