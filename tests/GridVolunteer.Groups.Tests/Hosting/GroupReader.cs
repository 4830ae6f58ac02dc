using System.Text;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Register;

namespace GridVolunteer.Groups.Tests.Hosting;

/// <summary>Reads a group's events, as an application would, and keeps what it has read as its state.</summary>
internal sealed class GroupReader : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<GroupUpdate> _updates = [];
    private TaskCompletionSource _changed = new();
    private Task _reading = Task.CompletedTask;

    public Group Group { get; private set; } = null!;

    /// <summary>The texts that were delivered, those of the state that was taken over first.</summary>
    public List<string> Texts { get; } = [];

    public static async Task<GroupReader> JoinAsync(GroupNode node, string name)
    {
        var reader = new GroupReader();
        reader.Begin(await node.JoinAsync(name, GroupKind.Closed, reader.Options));
        return reader;
    }

    public static async Task<GroupReader> JoinAsync(GroupNode node, GroupEntry entry)
    {
        var reader = new GroupReader();
        reader.Begin(await node.JoinAsync(entry, reader.Options));
        return reader;
    }

    public JoinOptions Options => new() { ProvideState = () => Encoding.UTF8.GetBytes(string.Join('\n', Texts)) };

    public void Begin(Group group)
    {
        Group = group;
        _reading = ReadAsync();
    }

    public Task SendAsync(string text, Delivery delivery = Delivery.Fifo) =>
        Group.SendAsync(Encoding.UTF8.GetBytes(text), delivery);

    /// <summary>Ends once what was read so far fulfils something.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<GroupUpdate>, bool> holds, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (holds(_updates))
                {
                    return;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                lock (_lock)
                {
                    Assert.Fail($"Not within {Limit}: {what}. Read: {string.Join("; ", _updates)}");
                }
            }
        }
    }

    public Task UntilMembersAsync(int count) => UntilAsync(
        u => u.OfType<GroupUpdate.ViewChanged>().LastOrDefault()?.View.Members.Count == count,
        $"a view of {count}");

    public Task UntilTextsAsync(int count) => UntilAsync(_ => Texts.Count >= count, $"{count} texts");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var update in Group.Events(_stop.Token))
            {
                lock (_lock)
                {
                    Take(update);
                    _updates.Add(update);
                    _changed.TrySetResult();
                    _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private void Take(GroupUpdate update)
    {
        switch (update)
        {
            case GroupUpdate.Message message:
                Texts.Add(Encoding.UTF8.GetString(message.Payload.Span));
                break;
            case GroupUpdate.ViewChanged { State: { Length: > 0 } state }:
                Texts.AddRange(Encoding.UTF8.GetString(state.Span).Split('\n'));
                break;
            case GroupUpdate.Interrupted:
                Texts.Clear();
                break;
        }
    }
}
