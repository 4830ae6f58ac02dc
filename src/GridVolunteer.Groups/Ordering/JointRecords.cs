using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// The places that a group has given to copies of joint messages, 0 to one that is void, for those of the other groups who
/// will ask. A sender sends the next one only when all members of the groups it is still in have been told of the last, so
/// there is one record a sender, and one for each that was under way when it went out of one of its groups.
/// </summary>
internal sealed class JointRecords
{
    /// <summary>How many are kept; the oldest go first.</summary>
    public const int CountMax = 4_096;

    private readonly Dictionary<MemberLife, List<Record>> _records = [];
    private readonly Queue<(MemberLife Sender, ulong Number)> _order = new();

    /// <summary>Of views up to this one it cannot be said that there was no copy.</summary>
    public ulong ForgottenUpTo { get; private set; }

    /// <summary>
    /// Adds a place, or that there is none, whatever was known before; and forgets those of the sender's that nobody will ask
    /// for any more.
    /// </summary>
    public void Add(JointCopy copy, ulong place)
    {
        if (!_records.TryGetValue(copy.Sender, out var known))
        {
            _records.Add(copy.Sender, known = []);
        }

        known.RemoveAll(r => r.Number == copy.Number || (r.Number < copy.Number && !copy.Pending.Contains(r.Number)));
        known.Add(new Record(copy.Item.View.Number, copy.Number, place));
        _order.Enqueue((copy.Sender, copy.Number));
        while (_order.Count > CountMax)
        {
            Forget(_order.Dequeue());
        }
    }

    /// <summary>The place of one, 0 when it is void; null when nothing is known.</summary>
    public ulong? Of(MemberLife sender, ulong number)
    {
        foreach (var known in _records.GetValueOrDefault(sender, []))
        {
            if (known.Number == number)
            {
                return known.Place;
            }
        }

        return null;
    }

    /// <summary>True when there may have been one of which nothing is known any more.</summary>
    public bool MayHaveForgotten(ulong view, MemberLife sender, ulong number) =>
        view <= ForgottenUpTo || (_records.TryGetValue(sender, out var known) && known.Exists(r => r.Number > number));

    private void Forget((MemberLife Sender, ulong Number) oldest)
    {
        if (!_records.TryGetValue(oldest.Sender, out var known)
            || known.FindIndex(r => r.Number == oldest.Number) is not (>= 0 and var at))
        {
            return;
        }

        ForgottenUpTo = Math.Max(ForgottenUpTo, known[at].View);
        known.RemoveAt(at);
        if (known.Count == 0)
        {
            _records.Remove(oldest.Sender);
        }
    }

    private readonly record struct Record(ulong View, ulong Number, ulong Place);
}
