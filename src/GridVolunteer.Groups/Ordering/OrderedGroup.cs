using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Ordering;

/// <summary>What a process knows of one of its groups.</summary>
/// <param name="member">The membership below.</param>
/// <param name="former">The one before, which is over and may still hold what others need.</param>
/// <param name="options">How the members deal with each other.</param>
internal sealed class OrderedGroup(GroupMember member, OrderedGroup? former, GroupOptions options)
{
    private const int TurnsSmoothed = 32;

    private readonly Dictionary<MemberLife, ReadyReport> _reports = [];
    private readonly Dictionary<MemberLife, ulong> _begun = [];

    public GroupId Id { get; } = member.Group;

    public GroupMember Member { get; } = member;

    public GroupMember? Former { get; } = former?.Member;

    public GroupOptions Options { get; } = options;

    /// <summary>The state of the group, given and taken.</summary>
    public StateExchange State { get; } = new();

    /// <summary>The view as it was told last.</summary>
    public View? View { get; set; }

    /// <summary>True once it has left, was excluded, or the group has ended.</summary>
    public bool IsOut { get; set; }

    /// <summary>Views in which something is not delivered yet, and the current one at the end.</summary>
    public List<OrderedView> Views { get; } = [];

    /// <summary>The view in which frames are sent; null before the first.</summary>
    public OrderedView? Current => Views.Count > 0 ? Views[^1] : null;

    /// <summary>Messages that wait to be sent.</summary>
    public Queue<Outgoing> Outgoing { get; } = new();

    /// <summary>Payload bytes of those.</summary>
    public int OutgoingSizeBytes { get; set; }

    /// <summary>Own messages that were sent and wait for their place.</summary>
    public int Outstanding { get; set; }

    /// <summary>Payload bytes that have come and are not delivered.</summary>
    public long BacklogSizeBytes { get; set; }

    /// <summary>True while that is too much.</summary>
    public bool IsFull { get; private set; }

    /// <summary>When the last frame left.</summary>
    public TimeSpan FlushedAt { get; set; }

    /// <summary>When the next frame leaves.</summary>
    public TimeSpan FlushAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>How long it takes, from a frame's coming here to its turn, smoothed.</summary>
    public TimeSpan Turnaround { get; private set; }

    /// <summary>When the others' clocks were asked for.</summary>
    public TimeSpan PokedAt { get; set; } = TimeSpan.MinValue;

    /// <summary>What a causal message waits for.</summary>
    public CausalBarrier? Barrier { get; set; }

    /// <summary>How much has its place here.</summary>
    public ReadyReport Ready { get; set; }

    /// <summary>True when others wait for that.</summary>
    public bool OwesReady { get; set; }

    /// <summary>True when others wait for this process's clock.</summary>
    public bool OwesAnswer { get; set; }

    /// <summary>True when others' clocks are waited for.</summary>
    public bool WantsAnswer { get; set; }

    /// <summary>True when others are to know which view has begun here.</summary>
    public bool OwesBegun { get; set; }

    /// <summary>Copies of joint messages that have no place yet.</summary>
    public List<JointCopy> Joints { get; } = [];

    /// <summary>What is known of those that have.</summary>
    public JointRecords Records { get; } = former?.Records ?? new JointRecords();

    /// <summary>Of which joint messages others are to know that their place in this group is known here.</summary>
    public List<JointId> OwedSure { get; } = [];

    /// <summary>What others are to be told of joint messages.</summary>
    public List<JointVerdict> OwedVerdicts { get; } = [];

    /// <summary>The number of the first view this process was in; 0 before it.</summary>
    public ulong FirstNumber { get; set; }

    /// <summary>The number of the last view that was agreed on here.</summary>
    public ulong LastNumber { get; set; }

    /// <summary>True while the current view is to get no place: something of a view before may still be told.</summary>
    public bool HoldsView
    {
        get
        {
            foreach (var joint in Joints)
            {
                if (joint.Item.View != Current)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Sees whether too much waits here, or no longer.</summary>
    public void Measure(long sizeBytesMax) =>
        IsFull = BacklogSizeBytes > (IsFull ? sizeBytesMax / 2 : sizeBytesMax);

    /// <summary>Learns how long it took a frame to get its turn.</summary>
    public void NoteTurn(TimeSpan took) => Turnaround += (took - Turnaround) / TurnsSmoothed;

    public void Report(MemberLife member, ReadyReport report) => _reports[member] = report;

    public void ReportBegun(MemberLife member, ulong view) => _begun[member] = view;

    /// <summary>The number of the last view a member was told; 0 when it has been told none.</summary>
    public ulong BegunAt(MemberLife member) => _begun.GetValueOrDefault(member);

    /// <summary>True when a member has been told a later view: so everything of this one is delivered there.</summary>
    public bool HasBegunAfter(OrderedView view, int rank) =>
        BegunAt(view.View.Members[rank]) > view.Number;

    /// <summary>
    /// True when a member of a view is in the current one no longer. A view of which nothing is left here is not told
    /// who goes after that (<see cref="OrderedView.IsGone"/>), but something may still wait for its members.
    /// </summary>
    public bool HasLost(OrderedView view, int rank) => Current!.View.RankOf(view.View.Members[rank]) < 0;

    /// <summary>True when an item has its place at all who are there: then nobody sees another order.</summary>
    public bool IsReadyEverywhere(OrderItem item)
    {
        for (var rank = 0; rank < item.View.View.Members.Count; rank++)
        {
            if (rank != item.View.Self && !item.View.IsGone(rank)
                && !_reports.GetValueOrDefault(item.View.View.Members[rank]).Covers(item) && !HasLost(item.View, rank))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Frames and states that are kept here, and not delivered or not needed any more by all.</summary>
    public int Kept
    {
        get
        {
            var kept = Outgoing.Count + Outstanding + State.Kept;
            foreach (var view in Views)
            {
                kept += view.Undelivered + view.Plain.Count;
            }

            return kept;
        }
    }

    /// <summary>True when there is something to send, messages aside.</summary>
    public bool Owes
    {
        get
        {
            var current = Current!;
            if (!current.HasSpoken(current.Self) || OwesReady || OwesAnswer || WantsAnswer || OwesBegun
                || current.Plain.OwesReceipts || OwedSure.Count > 0 || OwedVerdicts.Count > 0
                || current.IsFull(current.Self) != IsFull
                || (!current.HasPlaced(current.Self) && !HoldsView))
            {
                return true;
            }

            for (var rank = 0; rank < current.Wanted.Length; rank++)
            {
                if (rank != current.Self && current.Wanted[rank] > current.ProposedUpTo(current.Self, rank))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Forgets members that are gone, and views of which nothing is left.</summary>
    public void Prune()
    {
        var current = Current!;
        Views.RemoveAll(v => v != current && v.Undelivered == 0 && v.Plain.Count == 0
            && (!v.Plain.IsCausal || v.Plain.IsWithAll(v.Plain.CausalSoFar())));
        foreach (var known in _begun.Keys)
        {
            if (Views.TrueForAll(v => v.View.RankOf(known) < 0))
            {
                _begun.Remove(known);
                _reports.Remove(known);
            }
        }
    }
}
