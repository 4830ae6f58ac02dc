using System.Runtime.CompilerServices;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// A group this process is in. May be used by several threads at once; only <see cref="Events"/> has one reader.
/// <para>
/// <b>Somebody has to read the events</b>, as long as the process is in the group: what waits is bounded, and whoever
/// falls too far behind is taken out.
/// </para>
/// </summary>
public sealed class Group
{
    private readonly GroupNode _node;
    private int _isRead;

    internal Group(GroupNode node, string name, GroupKind kind, JoinOptions options)
    {
        _node = node;
        Name = name;
        Kind = kind;
        Options = options;
        Updates = new UpdateQueue(options.EventsMax, options.EventBytesMax);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Who may send to it.</summary>
    public GroupKind Kind { get; }

    /// <summary>Its id. It changes when this group gives way to another of its name.</summary>
    public GroupId Id { get; internal set; }

    /// <summary>
    /// Who is in it, in the latest view; the reader of <see cref="Events"/> may not have come to it yet. Null while this
    /// process is in none.
    /// </summary>
    public View? View { get; internal set; }

    /// <summary>The members of that view, the oldest first, and where they are reached.</summary>
    public IReadOnlyList<GroupPeer> Members { get; internal set; } = [];

    /// <summary>True until it has been left, or has ended.</summary>
    public bool IsOpen => Phase != GroupPhase.Over;

    internal GroupNode Node => _node;

    internal JoinOptions Options { get; }

    internal UpdateQueue Updates { get; }

    internal Queue<PendingSend> Waiting { get; } = new();

    internal TaskCompletionSource<Group> Joined { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal GroupPhase Phase { get; set; } = GroupPhase.Searching;

    /// <summary>Where its members are thought to be, for the next attempt to join.</summary>
    internal IReadOnlyList<ProcessId> Contacts { get; set; } = [];

    /// <summary>
    /// Sends a message to the group; it is delivered to this process too. Ends when the message is on its way, and waits
    /// while too much is: that is the flow control. Messages of one caller that are awaited go out in their order.
    /// </summary>
    /// <param name="message">What to send; it must not change any more. At most
    /// <see cref="GroupOptions.PayloadSizeBytesMax"/>.</param>
    /// <param name="delivery">How it is to be delivered. Default: in the order of its sender.</param>
    /// <param name="cancellationToken">Ends the wait; the message is not sent then.</param>
    /// <exception cref="InvalidOperationException">The group is over for this process.</exception>
    /// <exception cref="ArgumentException">The message is too long, or there is no such delivery.</exception>
    public Task SendAsync(
        ReadOnlyMemory<byte> message,
        Delivery delivery = Delivery.Fifo,
        CancellationToken cancellationToken = default) =>
        _node.SendAsync([this], message, delivery, cancellationToken);

    /// <summary>
    /// The group's events from the first view of this process on. To be read once, by one reader; ends after
    /// <see cref="GroupUpdate.Ended"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Somebody reads them already.</exception>
    public async IAsyncEnumerable<GroupUpdate> Events(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isRead, 1) == 1)
        {
            throw new InvalidOperationException($"The events of '{Name}' are read already.");
        }

        try
        {
            while (await Updates.WaitAsync(cancellationToken))
            {
                while (Updates.TryTake(out var next))
                {
                    if (next.StateWantedOf is { } wanted)
                    {
                        // All events before this one have been seen to, so the reader's state is that of this point.
                        _node.Provide(wanted.Group, wanted.View, Options.ProvideState!());
                    }
                    else
                    {
                        yield return next.Update!;
                    }
                }
            }
        }
        finally
        {
            Volatile.Write(ref _isRead, 0);
        }
    }

    /// <summary>
    /// Leaves the group: ends once the others have agreed to a view without this process, and what it sent before is
    /// delivered. While no majority of the view can be reached nobody could agree: it ends then as soon as that is known
    /// (<see cref="GroupUpdate.Stalled"/>), what was sent last may be lost, and the others find out when they go on.
    /// </summary>
    public Task LeaveAsync(CancellationToken cancellationToken = default) =>
        _node.LeaveAsync(this, cancellationToken);

    /// <summary>
    /// Ends the group for all its members: each is told until it knows. Ends when it is over here. Of a hierarchical group
    /// only its coordinator may do this.
    /// </summary>
    /// <exception cref="InvalidOperationException">This process may not.</exception>
    public Task DissolveAsync(CancellationToken cancellationToken = default) =>
        _node.DissolveAsync(this, cancellationToken);
}
