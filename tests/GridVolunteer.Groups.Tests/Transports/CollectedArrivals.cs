using System.Threading.Channels;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Groups.Tests.Transports;

/// <summary>Keeps what arrives, for a test to wait for.</summary>
internal sealed class CollectedArrivals : IArrivals
{
    private readonly Channel<(ProcessId From, byte[] Messages)> _messages =
        Channel.CreateUnbounded<(ProcessId, byte[])>();

    private readonly Channel<ProcessId> _failures = Channel.CreateUnbounded<ProcessId>();
    private readonly Channel<(ProcessId Id, byte[] Contact)> _met = Channel.CreateUnbounded<(ProcessId, byte[])>();
    private readonly Channel<bool> _room = Channel.CreateUnbounded<bool>();
    private int _refusing;

    /// <summary>Says no to so many frames.</summary>
    public void Refuse(int frames) => _refusing = frames;

    public void MakeRoom() => _room.Writer.TryWrite(true);

    public bool TryTake(ProcessId from, ReadOnlySpan<byte> messages)
    {
        if (Interlocked.Decrement(ref _refusing) >= 0)
        {
            return false;
        }

        return _messages.Writer.TryWrite((from, messages.ToArray()));
    }

    public void Ready()
    {
        // The channels wake whoever waits.
    }

    public Task WhenRoomAsync(CancellationToken cancellationToken) =>
        _room.Reader.ReadAsync(cancellationToken).AsTask();

    public void SendFailed(ProcessId to) => _failures.Writer.TryWrite(to);

    public void Met(ProcessId id, ReadOnlySpan<byte> contact, bool isVouchedFor) =>
        _met.Writer.TryWrite((id, contact.ToArray()));

    public Task<(ProcessId From, byte[] Messages)> NextAsync() => Within(_messages);

    public Task<ProcessId> NextFailureAsync() => Within(_failures);

    public Task<(ProcessId Id, byte[] Contact)> NextMetAsync() => Within(_met);

    /// <summary>True when nothing more has come.</summary>
    public bool IsEmpty => _messages.Reader.Count == 0;

    private static async Task<T> Within<T>(Channel<T> channel)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await channel.Reader.ReadAsync(limit.Token);
    }
}
