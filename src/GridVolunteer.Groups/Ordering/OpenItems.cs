namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// One sender's items that have no place yet, in the order of their sending. Each has an ordinal, counted from 0
/// through the view.
/// </summary>
internal sealed class OpenItems
{
    private OrderItem[] _items = new OrderItem[8];
    private int _start;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The ordinal of the first.</summary>
    public int FirstOrdinal { get; private set; }

    /// <summary>An item by its place in the row.</summary>
    public OrderItem this[int i] => _items[(_start + i) & (_items.Length - 1)];

    public void Add(OrderItem item)
    {
        if (Count == _items.Length)
        {
            var larger = new OrderItem[_items.Length * 2];
            for (var i = 0; i < Count; i++)
            {
                larger[i] = this[i];
            }

            _items = larger;
            _start = 0;
        }

        _items[(_start + Count++) & (_items.Length - 1)] = item;
    }

    public void RemoveFirst()
    {
        _items[_start] = null!;
        _start = (_start + 1) & (_items.Length - 1);
        Count--;
        FirstOrdinal++;
    }
}
