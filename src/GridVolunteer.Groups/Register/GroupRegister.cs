using System.Diagnostics.CodeAnalysis;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <summary>
/// What a process knows of groups by their names: one register for all groups of a process. Where there is a group
/// server (<see cref="UseServer"/>) it is asked; without one, or while it is away, the processes that are known
/// (<see cref="Know"/>) are, and the members of each group keep it known among themselves.
/// <para>
/// It joins nothing by itself. The host asks for a name (<see cref="Open"/>), makes or joins the group it is
/// told of, and says so (<see cref="Entered"/>, <see cref="Installed"/>, <see cref="Exited"/>).
/// </para>
/// </summary>
public sealed partial class GroupRegister : IProtocol<RegisterEvent>
{
    private readonly RegisterOptions _options;
    private readonly MemberLife _self;
    private readonly Random _random;
    private readonly SortedDictionary<ProcessId, ReadOnlyMemory<byte>> _known = [];
    private readonly HashSet<ProcessId> _failed = [];
    private readonly List<NameSearch> _searches = [];
    private readonly Dictionary<GroupId, OwnGroup> _groups = [];
    private TimeSpan _last;
    private ProcessId? _server;

    /// <summary>Makes a register that knows nobody.</summary>
    /// <param name="self">This process and its life: greater at each start.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="random">Randomness, from a seed of the host's; ids of groups come from it.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public GroupRegister(MemberLife self, RegisterOptions options, Random random)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _self = self;
        _options = options;
        _random = random;
    }

    /// <summary>Messages that were refused.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>The groups this process is in, as it has said.</summary>
    public IEnumerable<GroupEntry> Groups => _groups.Values.Select(g => g.Entry);

    /// <inheritdoc/>
    public TimeSpan Due => _searches.Count == 0 ? TimeSpan.MaxValue : _searches.Min(s => s.EndsAt);

    /// <summary>
    /// Names the group server, or says that there is none; it counts as present until
    /// <see cref="MarkFailed"/>.
    /// </summary>
    public void UseServer(GroupContact? server)
    {
        _server = server?.Id;
        if (server is { } there)
        {
            Know(there);
        }
    }

    /// <summary>Learns of a process, or of another address of it.</summary>
    public void Know(GroupContact process)
    {
        if (process.Id != _self.Id)
        {
            _known[process.Id] = process.Address;
        }
    }

    /// <summary>Forgets a process: it is asked no more.</summary>
    public void Forget(ProcessId id) => _known.Remove(id);

    /// <summary>Learns that a process is thought dead.</summary>
    public void MarkFailed(ProcessId id) => _failed.Add(id);

    /// <summary>Learns that a process that was thought dead is there.</summary>
    public void MarkAlive(ProcessId id) => _failed.Remove(id);

    /// <summary>
    /// Asks for a group by its name. <see cref="RegisterEvent.Found"/>, <see cref="RegisterEvent.Vacant"/> or
    /// <see cref="RegisterEvent.Denied"/> follows, at the latest after some times
    /// <see cref="RegisterOptions.AskTimeout"/>.
    /// </summary>
    /// <exception cref="ArgumentException">That is no name.</exception>
    public void Open(string name, GroupKind kind, GroupRule rule, TimeSpan now, Output<RegisterEvent> output)
    {
        if (!GroupNames.IsValid(name))
        {
            throw new ArgumentException(
                $"A name has 1 to {GroupNames.SizeBytesMax} bytes in UTF-8 and no control characters.", nameof(name));
        }

        now = Advance(now);
        if (!_searches.Exists(s => s.Name == name))
        {
            _searches.Add(new NameSearch(name, kind, rule) { EndsAt = now + _options.AskTimeout });
        }

        Work(now, output);
    }

    /// <summary>
    /// Says that this process is in a group: it has created it, or asked to join it. From now on what the members
    /// of open groups send is to be passed through <see cref="Wrap"/>, and what is delivered through
    /// <see cref="TryUnwrap"/>.
    /// </summary>
    public void Entered(GroupEntry entry) => _groups[entry.Id] = new OwnGroup(entry);

    /// <summary>Says that a view has begun in a group that this process is in.</summary>
    public void Installed(GroupId group, View view)
    {
        if (_groups.TryGetValue(group, out var own))
        {
            own.View = view;
        }
    }

    /// <summary>Says that this process is in a group no longer.</summary>
    public void Exited(GroupId group) => _groups.Remove(group);

    /// <summary>What to send to a group for a payload: the payload itself, unless the group is open.</summary>
    public ReadOnlyMemory<byte> Wrap(GroupId group, ReadOnlyMemory<byte> payload) =>
        GateOf(group) is { } gate ? gate.Wrap(payload.Span) : payload;

    /// <summary>
    /// Opens what a group has delivered; false when it is to be passed over: a post that was delivered before, or
    /// something malformed.
    /// </summary>
    public bool TryUnwrap(
        GroupId group, ReadOnlyMemory<byte> message, [NotNullWhen(true)] out OpenedMessage? opened)
    {
        if (GateOf(group) is not { } gate)
        {
            opened = new OpenedMessage(Author: null, 0, message, IsRepeated: false);
            return true;
        }

        return gate.TryOpen(message, out opened) && !opened.IsRepeated;
    }

    /// <summary>What to hand in as a group's state: the host's own, and which posts have been delivered.</summary>
    public ReadOnlyMemory<byte> WrapState(GroupId group, ReadOnlyMemory<byte> state)
    {
        if (GateOf(group) is not { } gate)
        {
            return state;
        }

        var writer = new WireWriter();
        var mark = writer.BeginRecord();
        gate.Write(writer);
        writer.End(mark);
        writer.WriteRaw(state.Span);
        return writer.Written.ToArray();
    }

    /// <summary>The host's own part of the state that came with the first view of a group.</summary>
    public ReadOnlyMemory<byte> UnwrapState(GroupId group, ReadOnlyMemory<byte> state)
    {
        if (GateOf(group) is not { } gate)
        {
            return state;
        }

        var reader = new WireReader(state.Span);
        var record = reader.ReadRecord();
        if (reader.Failed || !gate.TryRead(ref record))
        {
            Refusals.Count(RefusalReason.Malformed);
            return ReadOnlyMemory<byte>.Empty;
        }

        return state[^reader.Remaining..];
    }

    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<RegisterEvent> output)
    {
        Refusals.Count(RefusalReason.UnknownKind);
        Work(Advance(now), output);
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<RegisterEvent> output) => Work(Advance(now), output);

    private TimeSpan Advance(TimeSpan now) => _last = now > _last ? now : _last;

    private OpenGate? GateOf(GroupId group) => _groups.GetValueOrDefault(group)?.Gate;

    private void Work(TimeSpan now, Output<RegisterEvent> output)
    {
        foreach (var search in _searches.Where(s => now >= s.EndsAt).ToArray())
        {
            _searches.Remove(search);
            output.Emit(
                search.Rule == GroupRule.Hierarchical
                    ? new RegisterEvent.Denied(search.Name, DenialReason.NoServer)
                    : new RegisterEvent.Vacant(
                        new GroupEntry(search.Name, DrawId(), search.Kind, search.Rule, Server: null, [])));
        }
    }

    private GroupId DrawId() => new(new UInt128((ulong)_random.NextInt64(), (ulong)_random.NextInt64()));
}
