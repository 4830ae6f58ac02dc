using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// What waits for the core: messages that arrived, news of the network, and what the user asked for. It fills one half
/// while the other is worked off. Bounded: datagrams beyond the bound are dropped, streams wait.
/// </summary>
internal sealed class Inbox
{
    private const int BytesMax = 8 << 20;
    private const int ItemsMax = 65_536;

    private readonly Lock _lock = new();
    private InboxHalf _filling = new();
    private InboxHalf _working = new();
    private TaskCompletionSource? _room;

    /// <summary>Adds messages; false when there is no room.</summary>
    public bool TryAdd(ProcessId from, ReadOnlySpan<byte> messages)
    {
        lock (_lock)
        {
            if (_filling.Items.Count >= ItemsMax || _filling.Length + messages.Length > BytesMax)
            {
                return false;
            }

            _filling.Items.Add(new InboxItem(InboxKind.Messages, from, _filling.Keep(messages), messages.Length, null));
            return true;
        }
    }

    /// <summary>Adds news of the network; what does not fit is dropped, as it will come again.</summary>
    public void Add(InboxKind kind, ProcessId about, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_filling.Items.Count < ItemsMax)
            {
                _filling.Items.Add(new InboxItem(kind, about, _filling.Keep(bytes), bytes.Length, null));
            }
        }
    }

    /// <summary>Adds what a user asks for; as many as there are users who wait.</summary>
    public void Add(Action<TimeSpan> command)
    {
        lock (_lock)
        {
            _filling.Items.Add(new InboxItem(InboxKind.Command, default, 0, 0, command));
        }
    }

    /// <summary>Ends when there is room.</summary>
    public Task WhenRoomAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_filling.Length < BytesMax / 2 && _filling.Items.Count < ItemsMax / 2)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>All that waits, to be worked off before the next call.</summary>
    public InboxHalf Take()
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _working.Clear();
            (_filling, _working) = (_working, _filling);
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
        return _working;
    }
}
