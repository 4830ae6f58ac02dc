using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Peer.Buffering;

/// <summary>
/// A grant in the buffer: which of its units wait, how many run, how many are finished but not acknowledged.
/// </summary>
internal sealed class HeldGrant(GrantOffer offer, GrantUnits units, TimeSpan arrived)
{
    // Apart from each other; what comes back from a worker goes to the front.
    private readonly LinkedList<PositionRange> _waiting = new(
        [new PositionRange(0, units.Count, Suspect: false)]);

    public GrantId Id => offer.Grant;

    public bool Urgent => offer.Urgent;

    public GrantUnits Units => units;

    public TimeSpan Arrived => arrived;

    /// <summary>True once the coordinator has no use for its unfinished units.</summary>
    public bool IsVoid { get; private set; }

    public int Waiting { get; private set; } = units.Count;

    public int Running { get; set; }

    public int Unacknowledged { get; set; }

    public bool IsDone => Waiting + Running + Unacknowledged == 0;

    /// <summary>
    /// Takes up to <paramref name="most"/> consecutive positions that wait; at least one does.
    /// </summary>
    public PositionRange Take(int most)
    {
        var first = _waiting.First!.Value;
        var taken = first with { Count = Math.Min(first.Count, first.Suspect ? 1 : most) };
        _waiting.RemoveFirst();
        if (taken.Count < first.Count)
        {
            _waiting.AddFirst(first with { Start = taken.End, Count = first.Count - taken.Count });
        }

        Waiting -= taken.Count;
        return taken;
    }

    /// <summary>Positions that were taken wait again, first of all; on a void grant they are gone.</summary>
    public void PutBack(PositionRange range)
    {
        if (!IsVoid && range.Count > 0)
        {
            _waiting.AddFirst(range);
            Waiting += range.Count;
        }
    }

    /// <summary>
    /// A position is finished already (told by the disk after a restart): it waits no more.
    /// </summary>
    public bool TryTakeUnit(long unit)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (PositionOf(node.Value, unit) is { } position)
            {
                var range = node.Value;
                var before = range with { Count = position - range.Start };
                var behind = range with { Start = position + 1, Count = range.End - position - 1 };
                ReplaceBy(node, before, behind);
                Waiting--;
                return true;
            }
        }

        return false;
    }

    /// <summary>Drops what waits and says that what runs is for nothing.</summary>
    public void Void()
    {
        IsVoid = true;
        _ = DropWaiting();
    }

    /// <summary>The units that waited; they wait no more.</summary>
    public List<UnitRun> DropWaiting()
    {
        var runs = _waiting.SelectMany(r => units.Runs(r.Start, r.Count)).ToList();
        _waiting.Clear();
        Waiting = 0;
        return runs;
    }

    private int? PositionOf(PositionRange range, long unit)
    {
        var position = range.Start;
        foreach (var run in units.Runs(range.Start, range.Count))
        {
            if (unit >= run.Start && unit < run.End)
            {
                return position + (int)(unit - run.Start);
            }

            position += run.Count;
        }

        return null;
    }

    private void ReplaceBy(LinkedListNode<PositionRange> node, PositionRange before, PositionRange behind)
    {
        if (before.Count > 0)
        {
            _waiting.AddBefore(node, before);
        }

        if (behind.Count > 0)
        {
            _waiting.AddAfter(node, behind);
        }

        _waiting.Remove(node);
    }
}
