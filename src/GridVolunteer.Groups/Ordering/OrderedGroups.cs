using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// All groups of one process, and the order of what is delivered in them. The host hands in messages of the families
/// <see cref="MessageFamily.Multicast"/>, <see cref="MessageFamily.Views"/> and <see cref="MessageFamily.Ordering"/>,
/// and what its failure detector finds. Inputs that are at hand should all be handed in before
/// <see cref="Tick"/> is called when it is due: so what follows from them travels together.
/// <para>
/// Total order is Skeen's (described by Birman and Joseph, <i>Reliable communication in the presence of failures</i>,
/// 1987), over virtual synchrony:
/// </para>
/// <list type="number">
/// <item>A process has one clock over all its groups. What it sends in a group, a frame, carries a reading of it, and
/// is a proposal for the place of every frame of others that it names.</item>
/// <item>The place of a frame is the greatest proposal of the group's members. A process delivers in the order of
/// places, once nothing is left whose place may be lower: its own proposal for it is the least that may be.</item>
/// <item>When the view changes, all who go on have the same frames and proposals of the old one. What those who are
/// gone have proposed counts, if it was delivered, and is not waited for otherwise; a member's first frame in the new view
/// is its proposal for whatever has none of it yet, and for the view itself, which is told at its place.</item>
/// </list>
/// </summary>
public sealed partial class OrderedGroups : IProtocol<OrderedEvent>
{
    /// <summary>Groups this process is out of that are remembered: what others may still need of them is there.</summary>
    private const int FormerGroupsMax = 64;

    private readonly OrderingOptions _options;
    private readonly Random _random;
    private readonly OrderFlaw _flaw;
    private readonly Dictionary<GroupId, OrderedGroup> _groups = [];
    private readonly Queue<OrderedGroup> _former = new();
    private readonly HashSet<ProcessId> _failed = [];
    private readonly Output<GroupEvent> _inner = new();
    private readonly OrderClock _clock = new();
    private readonly OrderQueue _queue = new();
    private TimeSpan _last;

    /// <summary>Makes a process that is in no group yet.</summary>
    /// <param name="self">This process.</param>
    /// <param name="options">How it orders.</param>
    /// <param name="random">Randomness, from a seed of the host's.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public OrderedGroups(ProcessId self, OrderingOptions options, Random random)
        : this(self, options, random, OrderFlaw.None)
    {
    }

    internal OrderedGroups(ProcessId self, OrderingOptions options, Random random, OrderFlaw flaw)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        Self = self;
        _options = options;
        _random = random;
        _flaw = flaw;
        _post = new OrderingPost(self);
        _time = new TimeMeasurement(self, options, new Random(random.Next()));
    }

    /// <summary>This process.</summary>
    public ProcessId Self { get; }

    /// <summary>The groups it is in, joins or leaves.</summary>
    public IEnumerable<GroupId> Groups => _groups.Values.Where(g => !g.IsOut).Select(g => g.Id);

    /// <summary>How many groups it knows of, those it is out of included.</summary>
    internal int KnownGroups => _groups.Count;

    /// <summary>Messages that were refused here; those of single groups have counts of their own.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>
    /// Messages and states that are kept: to be sent, to be delivered, or until everybody has them.
    /// </summary>
    public int Kept => _groups.Values.Where(g => !g.IsOut).Sum(g => g.Kept + g.Member.Kept + g.Member.Queued);

    /// <inheritdoc/>
    public TimeSpan Due
    {
        get
        {
            var due = Earlier(Earlier(_pokesAt, _jointsAt), _time.Due);
            foreach (var group in _groups.Values)
            {
                due = Earlier(Earlier(due, group.Member.Due), Earlier(group.FlushAt, group.State.AskAt));
            }

            return due;
        }
    }

    /// <summary>The view of a group as the last event has told it; null when this process is in none.</summary>
    public View? ViewOf(GroupId group) => _groups.GetValueOrDefault(group)?.View;

    /// <summary>The view that is agreed on; it may have no place in the order yet.</summary>
    internal View? AgreedViewOf(GroupId group) => _groups.GetValueOrDefault(group)?.Current?.View;

    /// <summary>This process's life in a group.</summary>
    internal MemberLife? MemberOf(GroupId group) => _groups.GetValueOrDefault(group)?.Member.Self;

    /// <summary>Makes a group, with this process alone in its first view.</summary>
    /// <param name="group">The group; its id has never been used.</param>
    /// <param name="life">This life: see <see cref="GroupMember"/>.</param>
    /// <param name="options">How the members deal with each other; the same for all of them.</param>
    /// <param name="witness">Who votes along in tiny and even groups; null for nobody.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="InvalidOperationException">This process is in the group already.</exception>
    public void Create(
        GroupId group,
        ulong life,
        GroupOptions options,
        MemberLife? witness,
        TimeSpan now,
        Output<OrderedEvent> output)
    {
        now = Begin(now);
        var made = Enter(group, life, options, witness);
        made.Member.Create(now, _inner);
        Finish(made, now, output);
    }

    /// <summary>
    /// Asks to be let into a group; it goes on asking until the first <see cref="OrderedEvent.ViewInstalled"/>.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="life">This life, greater than any before in this group: see <see cref="GroupMember"/>.</param>
    /// <param name="contacts">Members of the group, as far as is known; one that lives is enough.</param>
    /// <param name="options">How the members deal with each other; the same for all of them.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="InvalidOperationException">This process is in the group already.</exception>
    public void Join(
        GroupId group,
        ulong life,
        IReadOnlyList<ProcessId> contacts,
        GroupOptions options,
        TimeSpan now,
        Output<OrderedEvent> output)
    {
        now = Begin(now);
        var made = Enter(group, life, options, witness: null);
        made.Member.Join(contacts, now, _inner);
        Finish(made, now, output);
    }

    /// <summary>
    /// Asks to leave a group: <see cref="OrderedEvent.Left"/> follows. Until then this process takes part in
    /// everything but sending. Nothing happens when it is not in the group.
    /// </summary>
    public void Leave(GroupId group, TimeSpan now, Output<OrderedEvent> output)
    {
        if (_groups.TryGetValue(group, out var leaving))
        {
            now = Begin(now);
            leaving.Member.Leave(now, _inner);
            Finish(leaving, now, output);
        }
    }

    /// <summary>Ends a group here: whoever keeps the register says that it is over.</summary>
    public void Dissolve(GroupId group, TimeSpan now, Output<OrderedEvent> output)
    {
        if (_groups.TryGetValue(group, out var ending))
        {
            now = Begin(now);
            ending.Member.Dissolve(now, _inner);
            Finish(ending, now, output);
        }
    }

    /// <summary>Learns that a process is thought dead, or has left.</summary>
    public void MarkFailed(ProcessId id, TimeSpan now, Output<OrderedEvent> output)
    {
        now = Begin(now);
        _failed.Add(id);
        foreach (var group in _groups.Values)
        {
            group.Member.MarkFailed(id, now, _inner);
            Finish(group, now, output);
        }
    }

    /// <summary>
    /// Learns that a process has been started anew: its lives before are over, whether or not it comes back.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <param name="firstLife">The least life it may have from now on.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    public void MarkRestarted(ProcessId id, ulong firstLife, TimeSpan now, Output<OrderedEvent> output)
    {
        now = Begin(now);
        foreach (var group in _groups.Values)
        {
            group.Member.MarkRestarted(id, firstLife, now, _inner);
            Finish(group, now, output);
        }
    }

    /// <summary>Learns that a process that was thought dead is there.</summary>
    public void MarkAlive(ProcessId id, TimeSpan now, Output<OrderedEvent> output)
    {
        now = Begin(now);
        _failed.Remove(id);
        foreach (var group in _groups.Values)
        {
            group.Member.MarkAlive(id, now, _inner);
            Finish(group, now, output);
        }
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<OrderedEvent> output)
    {
        now = Begin(now);
        _time.Tick(now, output);
        if (_pokesAt <= now || _jointsAt <= now)
        {
            Advance(now, output);
        }

        foreach (var group in _groups.Values)
        {
            if (group.Member.Due <= now)
            {
                group.Member.Tick(now, _inner);
                Finish(group, now, output);
            }

            if (group.State.AskAt <= now)
            {
                AskForState(group, now, output);
            }

            if (group.FlushAt <= now)
            {
                Flush(group, now, output);
            }
        }
    }

    private TimeSpan Begin(TimeSpan now) => _last = now > _last ? now : _last;

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private OrderedGroup Enter(GroupId id, ulong life, GroupOptions options, MemberLife? witness)
    {
        if (_groups.TryGetValue(id, out var present) && !present.IsOut)
        {
            throw new InvalidOperationException($"This process is in group {id} already.");
        }

        // The state is given at the view's place in the order, not where it is agreed on; and frames need some room.
        var below = options with
        {
            TransfersState = false,
            PayloadSizeBytesMax = Math.Min(options.PayloadSizeBytesMax + FrameRoomBytes, 1 << 20),
        };
        var member = new GroupMember(id, Self, life, below, witness, new Random(_random.Next()));
        var made = new OrderedGroup(member, present, options);
        _groups[id] = made;
        foreach (var failed in _failed)
        {
            member.MarkFailed(failed, _last, _inner);
        }

        return made;
    }
}
