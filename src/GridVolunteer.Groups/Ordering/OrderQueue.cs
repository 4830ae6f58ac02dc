using System.Diagnostics.CodeAnalysis;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// One queue over all groups of a process. What has its place stands in a heap; what has not, in the order of this
/// process's own proposals, which rise, so that the first of them is the least. An item goes when none that may get a
/// lower place is left. Each is added and taken out in O(log n).
/// </summary>
internal sealed class OrderQueue
{
    private readonly Queue<OrderItem> _open = new();
    private readonly PriorityQueue<OrderItem, OrderStamp> _final = new();

    // Time-stamped ones of which it is not sure that they come at all: few, and in no order.
    private readonly List<OrderItem> _held = [];

    /// <summary>How many items wait.</summary>
    public int Count => _open.Count + _final.Count + _held.Count;

    /// <summary>This process has proposed a place; proposals rise.</summary>
    public void Open(OrderItem item) => _open.Enqueue(item);

    /// <summary>An item has its place, if it comes at all; nothing behind it may go before that is known.</summary>
    public void Hold(OrderItem item) => _held.Add(item);

    /// <summary>An item has its place.</summary>
    public void Place(OrderItem item) => _final.Enqueue(item, item.Stamp);

    /// <summary>The item whose turn it would be, if no lower place can be given any more.</summary>
    public bool TryPeek([NotNullWhen(true)] out OrderItem? item)
    {
        while (_open.TryPeek(out var open) && (open.IsFinal || open.IsDropped))
        {
            _open.Dequeue();
        }

        while (_final.TryPeek(out item, out _) && item.IsDropped)
        {
            _final.Dequeue();
        }

        _held.RemoveAll(static h => h.IsFinal || h.IsDropped);
        // Of two with the same time the other might stand first: its place will be known soon.
        return item is not null && (_open.Count == 0 || item.Stamp.Time < _open.Peek().Own) && IsBeforeHeld(item);
    }

    private bool IsBeforeHeld(OrderItem item)
    {
        foreach (var held in _held)
        {
            if (item.Stamp.Time >= held.Own)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes out the item that was peeked at.</summary>
    public void Take() => _final.Dequeue();
}
