using System.Diagnostics.CodeAnalysis;

namespace GridVolunteer.Coordinator.Blobs;

/// <summary>
/// A few values by key; when there is no room, the one not used for longest goes. Any number of callers at
/// once.
/// </summary>
/// <param name="capacity">How many values are kept.</param>
internal sealed class LeastRecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = new();

    /// <summary>Finds a value and counts that as its use.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }

            Touch(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Finds a value or makes it, within the lock: <paramref name="make"/> must be quick.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(key, out var node))
            {
                Touch(node);
                return node.Value.Value;
            }

            var value = make(key);
            _nodes.Add(key, _byUse.AddFirst((key, value)));
            if (_nodes.Count > capacity)
            {
                _nodes.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }

            return value;
        }
    }

    /// <summary>Forgets a value.</summary>
    public void Remove(TKey key)
    {
        lock (_gate)
        {
            if (_nodes.Remove(key, out var node))
            {
                _byUse.Remove(node);
            }
        }
    }

    private void Touch(LinkedListNode<(TKey Key, TValue Value)> node)
    {
        _byUse.Remove(node);
        _byUse.AddFirst(node);
    }
}
