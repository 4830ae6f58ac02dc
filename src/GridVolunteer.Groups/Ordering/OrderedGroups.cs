using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// All groups of one process, and the order of what is delivered in them. The host hands in messages of the families
/// <see cref="MessageFamily.Multicast"/>, <see cref="MessageFamily.Views"/> and <see cref="MessageFamily.Ordering"/>,
/// and what its failure detector finds. Inputs that are at hand should all be handed in before
/// <see cref="Tick"/> is called when it is due: so what follows from them travels together.
/// </summary>
public sealed partial class OrderedGroups : IProtocol<OrderedEvent>
{
    private readonly OrderingOptions _options;
    private readonly Random _random;
    private readonly Dictionary<GroupId, OrderedGroup> _groups = [];
    private readonly HashSet<ProcessId> _failed = [];
    private readonly Output<GroupEvent> _inner = new();
    private TimeSpan _last;

    /// <summary>Makes a process that is in no group yet.</summary>
    /// <param name="self">This process.</param>
    /// <param name="options">How it orders.</param>
    /// <param name="random">Randomness, from a seed of the host's.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public OrderedGroups(ProcessId self, OrderingOptions options, Random random)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        Self = self;
        _options = options;
        _random = random;
    }

    /// <summary>This process.</summary>
    public ProcessId Self { get; }

    /// <summary>The groups it is in, joins or leaves.</summary>
    public IEnumerable<GroupId> Groups => _groups.Values.Where(g => !g.IsOut).Select(g => g.Id);

    /// <summary>Messages that were refused here; those of single groups have counts of their own.</summary>
    public Refusals Refusals { get; } = new();

    /// <inheritdoc/>
    public TimeSpan Due
    {
        get
        {
            var due = TimeSpan.MaxValue;
            foreach (var group in _groups.Values)
            {
                due = group.Member.Due < due ? group.Member.Due : due;
            }

            return due;
        }
    }

    /// <summary>The view of a group as the last event has told it; null when this process is in none.</summary>
    public View? ViewOf(GroupId group) => _groups.GetValueOrDefault(group)?.View;

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

    /// <summary>Hands in the state that <see cref="OrderedEvent.StateWanted"/> asked for.</summary>
    /// <param name="group">The group.</param>
    /// <param name="view">The number the event named.</param>
    /// <param name="state">The state; it is not copied, so must not change.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="ArgumentException">The state is too long.</exception>
    public void ProvideState(
        GroupId group, ulong view, ReadOnlyMemory<byte> state, TimeSpan now, Output<OrderedEvent> output)
    {
        if (_groups.TryGetValue(group, out var asked))
        {
            now = Begin(now);
            asked.Member.ProvideState(view, state, now, _inner);
            Finish(asked, now, output);
        }
    }

    /// <summary>Learns that a process is thought dead, or has left, or was started anew.</summary>
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
        foreach (var group in _groups.Values)
        {
            if (group.Member.Due <= now)
            {
                group.Member.Tick(now, _inner);
                Finish(group, now, output);
            }
        }
    }

    private TimeSpan Begin(TimeSpan now) => _last = now > _last ? now : _last;

    private OrderedGroup Enter(GroupId id, ulong life, GroupOptions options, MemberLife? witness)
    {
        if (_groups.TryGetValue(id, out var present) && !present.IsOut)
        {
            throw new InvalidOperationException($"This process is in group {id} already.");
        }

        var member = new GroupMember(id, Self, life, options, witness, new Random(_random.Next()));
        var made = new OrderedGroup(member, present);
        _groups[id] = made;
        foreach (var failed in _failed)
        {
            member.MarkFailed(failed, _last, _inner);
        }

        return made;
    }
}
