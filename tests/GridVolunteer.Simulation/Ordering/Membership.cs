using GridVolunteer.Groups;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>One life of a machine in one group, and what it was told.</summary>
internal sealed class Membership(GroupId group, MemberLife member, (int Machine, int Boots) boot)
{
    public GroupId Group { get; } = group;

    public MemberLife Member { get; } = member;

    public (int Machine, int Boots) Boot { get; } = boot;

    /// <summary>The view that was told last.</summary>
    public View? View { get; set; }

    /// <summary>
    /// What was told in total order, views included, by names that are the same to all; with the number of the view
    /// that was agreed on by then.
    /// </summary>
    public List<(string Name, ulong Agreed, bool IsSafe)> Ordered { get; } = [];

    /// <summary>Causal messages that were sent or told, with the number of the view that was agreed on by then.</summary>
    public List<(int Index, ulong Agreed)> Causal { get; } = [];

    /// <summary>A number for what was delivered and in which order, which those who join take over.</summary>
    public ulong History { get; set; }

    /// <summary>Histories at each view.</summary>
    public List<(ulong View, ulong History, ulong Agreed)> Histories { get; } = [];

    /// <summary>The number of the last view this membership is known to have agreed on.</summary>
    public ulong Agreed { get; set; }

    /// <summary>True once it has crashed, left or was excluded.</summary>
    public bool HasEnded { get; set; }

    /// <summary>True when it began without the state it should have had, since nobody had it.</summary>
    public bool IsBlank { get; set; }

    /// <summary>
    /// How much of what was told is sure to be as those who go on see it: all, if it goes on itself; up to the last
    /// that was safe, or that all who went on with it know.
    /// </summary>
    public int Sure
    {
        get
        {
            if (!HasEnded)
            {
                return Ordered.Count;
            }

            var sure = Ordered.Count;
            while (sure > 0 && !Ordered[sure - 1].IsSafe && Ordered[sure - 1].Agreed >= Agreed)
            {
                sure--;
            }

            return sure;
        }
    }

    public void Note(OrderedEvent happened, string name, ulong agreed)
    {
        Agreed = Math.Max(Agreed, agreed);
        var isSafe = happened is OrderedEvent.Message message && message.Delivery.IsSafe();
        Ordered.Add((name, agreed, isSafe));
    }
}
