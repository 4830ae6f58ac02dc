using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// The copy of a joint message that one group has: its messages have one place in several groups. Until it has it, or is
/// void, nothing behind it is delivered, and the next view has no place.
/// </summary>
/// <param name="item">What stands in this group's order.</param>
/// <param name="number">The sender's number of the message.</param>
/// <param name="groups">All groups it goes to, by their ids.</param>
/// <param name="own">Which of them this is.</param>
/// <param name="pending">The sender's messages before it that some may still ask for.</param>
internal sealed class JointCopy(OrderItem item, ulong number, JointGroup[] groups, int own, ulong[] pending)
{
    private readonly ulong?[] _heard = new ulong?[groups.Length];
    private readonly int[] _asked = new int[groups.Length];
    private readonly HashSet<ProcessId>?[] _unknowing = new HashSet<ProcessId>?[groups.Length];

    public OrderItem Item { get; } = item;

    public ulong Number { get; } = number;

    public JointGroup[] Groups { get; } = groups;

    public int Own { get; } = own;

    public ulong[] Pending { get; } = pending;

    public JointId Id => new(Item.View.Number, Item.Rank, Number);

    /// <summary>Who sent it, as this group knows it.</summary>
    public MemberLife Sender => Item.View.View.Members[Item.Rank];

    /// <summary>The place this group gives it, as one of several; 0 until all members have proposed one.</summary>
    public ulong Place { get; set; }

    /// <summary>True once all who are there have said that they know that place: then it is the same to all who go on.</summary>
    public bool IsSure { get; set; }

    /// <summary>What the group was told of the others; null until then, 0 when the message is void.</summary>
    public ulong? Verdict { get; private set; }

    /// <summary>The view in which it was told, and the number of the frame that told it.</summary>
    public (OrderedView View, int Rank, ulong Sequence)? ToldBy { get; private set; }

    /// <summary>True when this process tells it.</summary>
    public bool IsTelling { get; set; }

    /// <summary>True once it has its one place, or is void.</summary>
    public bool IsDone => Item.IsFinal || Item.IsVoid;

    /// <summary>When others are asked again.</summary>
    public TimeSpan AskAt { get; set; }

    /// <summary>When it is given up, if nobody of the other groups has answered by then.</summary>
    public TimeSpan GivenUpAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>The first verdict counts: it comes in the group's channel, so all who go on have heard the same.</summary>
    public void Tell(ulong place, OrderedView view, int rank, ulong sequence)
    {
        if (Verdict is null)
        {
            Verdict = place;
            ToldBy = (view, rank, sequence);
        }
    }

    /// <summary>What was heard from members of another group; null while nothing was.</summary>
    public ulong? HeardOf(int group) => _heard[group];

    /// <summary>A member of another group has answered.</summary>
    public void Hear(int group, ProcessId from, JointFate fate, ulong place)
    {
        if (fate == JointFate.Open)
        {
            GivenUpAt = TimeSpan.MaxValue;
        }

        if (fate is JointFate.Placed or JointFate.Void)
        {
            _heard[group] ??= fate == JointFate.Void ? 0 : place;
        }
        else if (fate == JointFate.Unknowing)
        {
            (_unknowing[group] ??= []).Add(from);
        }
    }

    /// <summary>
    /// Whom of another group to ask next: each in turn that may know, and is not thought dead, unless all are: that may be
    /// wrong. Null when there is nobody.
    /// </summary>
    public ProcessId? NextToAsk(int group, ProcessId self, HashSet<ProcessId> failed)
    {
        var contacts = Groups[group].Contacts;
        ProcessId? last = null;
        for (var i = 0; i < contacts.Length; i++)
        {
            var contact = contacts[_asked[group]++ % contacts.Length];
            if (contact == self || IsUnknowing(group, contact))
            {
                continue;
            }

            if (!failed.Contains(contact))
            {
                return contact;
            }

            last = contact;
        }

        // One more, so that it is another one next time.
        _asked[group]++;
        return last;
    }

    private bool IsUnknowing(int group, ProcessId member) => _unknowing[group]?.Contains(member) == true;

    /// <summary>True when all who may be asked have said that; this process, which asks, does not know either.</summary>
    public bool IsUnknownToAll(int group, ProcessId self) =>
        Groups[group].Contacts.All(c => c == self || IsUnknowing(group, c));

    /// <summary>True when all who have to know that this was told do: then the sender may send the next one.</summary>
    public bool IsOver
    {
        get
        {
            var view = Item.View;
            if (view.Group.IsOut)
            {
                return true;
            }

            if (!IsDone || ToldBy is not (var told, var by, var sequence))
            {
                return false;
            }

            for (var rank = 0; rank < told.View.Members.Count; rank++)
            {
                if (rank != told.Self && !told.HasReceipt(rank, by, sequence))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
